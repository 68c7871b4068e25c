package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.json.Required;
import dev.socketlab.linux.SocketAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** sendmsg(2). */
@Schema(name = "SendmsgRequest")
public record SendmsgForm(
        @Nullable SocketAddress msg_name,
        @Nullable List<IovecForm> msg_iov,
        @Nullable List<ControlMessageForm> msg_control,
        @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags)
        implements DescriptorForm {
    /** struct iovec with its bytes. */
    @Schema(name = "IovecRequest")
    public record IovecForm(@Required String data, @Nullable DataEncoding encoding) {}

    @Override
    public Call toCall(int fd) {
        return new Call.Sendmsg(fd, msg_name, iov(), control(), Default.or(flags, 0));
    }

    private List<byte[]> iov() {
        List<byte[]> iov = new ArrayList<>();
        for (IovecForm item : Default.orEmpty(msg_iov)) {
            String where = "/msg_iov/" + iov.size() + "/data";
            iov.add(DataEncoding.decode(where, item.data(), item.encoding()));
        }
        return iov;
    }

    private List<Control> control() {
        List<Control> control = new ArrayList<>();
        for (ControlMessageForm item : Default.orEmpty(msg_control)) {
            control.add(item.toControl("/msg_control/" + control.size()));
        }
        return control;
    }
}
