package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** epoll_wait(2); without a timeout it waits for ever. */
@Schema(name = "EpollWaitRequest")
public record EpollWaitForm(@Nullable Integer maxevents, @Nullable Integer timeout)
        implements DescriptorForm {
    private static final int DEFAULT_MAXEVENTS = 16;
    private static final int FOR_EVER = -1;

    /** The call; {@code epfd} is named by the URL. */
    @Override
    public Call toCall(int epfd) {
        return new Call.EpollWait(
                epfd, Form.or(maxevents, DEFAULT_MAXEVENTS), Form.or(timeout, FOR_EVER));
    }
}
