package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.refusal.Reason;
import org.jspecify.annotations.Nullable;

/** What getsockopt(2) takes in JSON. */
public record GetsockoptForm(@Nullable Integer optlen, @Nullable DataEncoding encoding)
        implements Form {
    private static final int MAX_OPTLEN = 65536;

    /**
     * The call.
     *
     * @param option as the URL names it, or the call's own object
     * @throws dev.socketlab.json.value.InvalidRequestException when a field has no such value
     */
    public Call toCall(int fd, SocketOption.Named option) {
        if (optlen != null && (optlen < 0 || optlen > MAX_OPTLEN)) {
            throw new InvalidRequestException(
                    "optlen", Reason.of("invalid.up-to", "optlen", MAX_OPTLEN));
        }
        return new Call.Getsockopt(fd, option.level(), option.optname(), optlen);
    }

    @Override
    public @Nullable DataEncoding answerEncoding() {
        return encoding;
    }
}
