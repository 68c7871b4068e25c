package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.Required;
import dev.socketlab.linux.SocketAddress;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What sendto(2) takes in JSON. */
@Schema(name = "SendtoRequest")
public record SendtoForm(
        @Required String data,
        @Nullable DataEncoding encoding,
        @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags,
        @Nullable SocketAddress dest_addr)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        byte[] buf = DataEncoding.decode("/data", data, encoding);
        return new Call.Sendto(fd, buf, Form.or(flags, 0), dest_addr);
    }
}
