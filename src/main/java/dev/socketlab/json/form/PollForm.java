package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Required;
import dev.socketlab.refusal.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** poll(2); without a timeout it waits for ever. */
@Schema(name = "PollRequest")
public record PollForm(@Required List<PollfdForm> fds, @Nullable Integer timeout)
        implements ProcessForm {
    private static final int FOR_EVER = -1;

    /** struct pollfd without its answer. */
    @Schema(name = "PollfdRequest")
    public record PollfdForm(
            @Required int fd,
            @Constant(value = Constants.POLL_EVENT, flags = true) @Nullable Integer events) {}

    @Override
    public Call toCall() {
        List<Call.Pollfd> asked = new ArrayList<>();
        for (PollfdForm one : fds) {
            int events = Form.or(one.events(), 0);
            if (events < Short.MIN_VALUE || events > 2 * Short.MAX_VALUE + 1) {
                throw new InvalidRequestException(
                        "/fds/" + asked.size() + "/events", Reason.of("invalid.events"));
            }
            asked.add(new Call.Pollfd(one.fd(), events));
        }
        return new Call.Poll(asked, Form.or(timeout, FOR_EVER));
    }
}
