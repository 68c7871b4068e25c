package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** dup(2), and with {@code newfd} dup2(2). */
@Schema(name = "DupRequest")
public record DupForm(@Nullable Integer newfd) implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return newfd == null ? new Call.Dup(fd) : new Call.Dup2(fd, newfd);
    }
}
