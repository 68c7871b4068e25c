package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.ControlReader;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Required;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.refusal.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What sendmsg(2) takes in JSON. */
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

    /**
     * A control message that is to be sent, cmsg(3): with {@code fds}, {@code data} or {@code
     * value}.
     */
    @Schema(name = "ControlRequest")
    public record ControlMessageForm(
            @Schema(ref = "NameOrNumber") @Required JsonNode level,
            @Schema(ref = "NameOrNumber") @Required JsonNode type,
            @Nullable List<Integer> fds,
            @Nullable String data,
            @Nullable DataEncoding encoding,
            @Schema(ref = "ControlValue") @Nullable JsonNode value) {
        /**
         * The control message.
         *
         * @param where its place in the request
         * @throws InvalidRequestException when it is none
         */
        Control toControl(String where) {
            int atLevel = ControlReader.level(level, where + "/level");
            int ofType = ControlReader.type(atLevel, type, where + "/type");
            if (Control.isRights(atLevel, ofType)) {
                if (fds == null || data != null || value != null) {
                    throw new InvalidRequestException(where + "/fds", Reason.of("invalid.rights"));
                }
                return new Control.Rights(fds);
            }
            if (fds != null || (data == null) == (value == null)) {
                throw new InvalidRequestException(where, Reason.of("invalid.control"));
            }
            if (value != null) {
                return ControlReader.message(atLevel, ofType, value, where + "/value");
            }
            byte[] bytes = DataEncoding.decode(where + "/data", String.valueOf(data), encoding);
            return new Control.Other(new ControlMessage(atLevel, ofType, bytes));
        }
    }

    @Override
    public Call toCall(int fd) {
        return new Call.Sendmsg(fd, msg_name, iov(), control(), Form.or(flags, 0));
    }

    private List<byte[]> iov() {
        List<byte[]> iov = new ArrayList<>();
        for (IovecForm item : Form.orEmpty(msg_iov)) {
            String where = "/msg_iov/" + iov.size() + "/data";
            iov.add(DataEncoding.decode(where, item.data(), item.encoding()));
        }
        return iov;
    }

    private List<Control> control() {
        List<Control> control = new ArrayList<>();
        for (ControlMessageForm item : Form.orEmpty(msg_control)) {
            control.add(item.toControl("/msg_control/" + control.size()));
        }
        return control;
    }
}
