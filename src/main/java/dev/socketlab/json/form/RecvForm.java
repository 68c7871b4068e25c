package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What recv(2) takes in JSON. */
@Schema(name = "RecvRequest")
public record RecvForm(
        @Required long len,
        @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags,
        @Nullable DataEncoding encoding)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Recv(fd, Checks.size("/len", len), Form.or(flags, 0));
    }

    @Override
    public @Nullable DataEncoding answerEncoding() {
        return encoding;
    }
}
