package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What write(2) takes in JSON. */
@Schema(name = "WriteRequest")
public record WriteForm(@Required String data, @Nullable DataEncoding encoding)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Write(fd, DataEncoding.decode("/data", data, encoding));
    }
}
