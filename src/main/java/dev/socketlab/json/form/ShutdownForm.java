package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.Required;
import io.swagger.v3.oas.annotations.media.Schema;

/** What shutdown(2) takes in JSON. */
@Schema(name = "ShutdownRequest")
public record ShutdownForm(@Required @Constant(Constants.SHUTDOWN_HOW) int how)
        implements DescriptorForm {
    @Override
    public Call toCall(int fd) {
        return new Call.Shutdown(fd, how);
    }
}
