package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What read(2) takes in JSON. */
@Schema(name = "ReadRequest")
public record ReadForm(@Required long count, @Nullable DataEncoding encoding)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Read(fd, Checks.size("/count", count));
    }

    @Override
    public @Nullable DataEncoding answerEncoding() {
        return encoding;
    }
}
