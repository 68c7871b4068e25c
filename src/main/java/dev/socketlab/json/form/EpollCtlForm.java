package dev.socketlab.json.form;

import dev.socketlab.abi.EpollOperation;
import dev.socketlab.call.Call;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Required;
import dev.socketlab.refusal.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What epoll_ctl(2) takes in JSON. */
@Schema(name = "EpollCtlRequest")
public record EpollCtlForm(
        @Required @Constant(Constants.EPOLL_OPERATION) int op,
        @Required int fd,
        @Constant(value = Constants.EPOLL_EVENT, flags = true) @Nullable Integer events,
        @Schema(ref = "AnyJson") @Nullable JsonNode data)
        implements DescriptorForm {
    /** The session keeps it for each entry of the set. */
    private static final int MAX_DATA = 4096;

    /** The call; the epoll instance is named by the URL. */
    @Override
    public Call toCall(int epfd) {
        String text = data == null ? "null" : data.toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidRequestException("/data", Reason.of("invalid.surrogate"));
        }
        if (text.length() > MAX_DATA) {
            throw new InvalidRequestException("/data", Reason.of("invalid.epoll-data", MAX_DATA));
        }
        if (events == null && op != EpollOperation.EPOLL_CTL_DEL) {
            throw new InvalidRequestException("/events", Reason.of("expected.events"));
        }
        return new Call.EpollCtl(epfd, op, fd, Form.or(events, 0), text);
    }
}
