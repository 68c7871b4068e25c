package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.value.OptionValues;
import dev.socketlab.json.value.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.JsonNode;

/** What setsockopt(2) takes in JSON. */
@Schema(name = "SetRequest")
public record SetsockoptForm(@Required JsonNode optval) implements Form {
    /**
     * The call.
     *
     * @param option as the URL names it, or the call's own object
     * @throws dev.socketlab.json.value.InvalidRequestException when a field has no such value
     */
    public Call toCall(int fd, SocketOption.Named option) {
        return new Call.Setsockopt(
                fd, option.level(), option.optname(), OptionValues.read(option, optval));
    }
}
