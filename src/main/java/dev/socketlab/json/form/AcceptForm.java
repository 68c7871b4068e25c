package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** accept(2), and with flags accept4(2). */
@Schema(name = "AcceptRequest")
public record AcceptForm(
        @Constant(value = Constants.SOCKET_FLAG, flags = true) @Nullable Integer flags)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Accept(fd, Form.or(flags, 0));
    }
}
