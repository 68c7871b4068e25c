package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What listen(2) takes in JSON. */
@Schema(name = "ListenRequest")
public record ListenForm(@Nullable Integer backlog) implements DescriptorForm {
    private static final int DEFAULT_BACKLOG = 128;

    @Override
    public Call toCall(int fd) {
        return new Call.Listen(fd, Form.or(backlog, DEFAULT_BACKLOG));
    }
}
