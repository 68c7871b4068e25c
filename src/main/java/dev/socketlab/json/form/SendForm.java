package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What send(2) takes in JSON. */
@Schema(name = "SendRequest")
public record SendForm(
        @Required String data,
        @Nullable DataEncoding encoding,
        @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        byte[] buf = DataEncoding.decode("/data", data, encoding);
        return new Call.Send(fd, buf, Form.or(flags, 0));
    }
}
