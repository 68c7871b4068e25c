package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What epoll_create1(2) takes in JSON. */
@Schema(name = "EpollCreateRequest")
public record EpollCreate1Form(
        @Constant(value = Constants.EPOLL_FLAG, flags = true) @Nullable Integer flags)
        implements ProcessForm {
    @Override
    public Call toCall() {
        return new Call.EpollCreate1(Form.or(flags, 0));
    }
}
