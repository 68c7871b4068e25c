package dev.socketlab.json.form;

import dev.socketlab.call.Control;
import dev.socketlab.json.ControlReader;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.linux.ControlMessage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A control message that is to be sent, cmsg(3): with {@code fds}, {@code data} or {@code value}.
 */
@Schema(name = "ControlRequest")
public record ControlMessageForm(
        @Schema(ref = "NameOrNumber") @Required JsonNode level,
        @Schema(ref = "NameOrNumber") @Required JsonNode type,
        @Nullable List<Integer> fds,
        @Nullable String data,
        @Nullable DataEncoding encoding,
        @Schema(ref = "ControlValue") @Nullable JsonNode value) {
    /**
     * The control message.
     *
     * @param where its place in the request
     * @throws InvalidRequestException when it is none
     */
    Control toControl(String where) {
        int atLevel = ControlReader.level(level, where + "/level");
        int ofType = ControlReader.type(atLevel, type, where + "/type");
        if (Control.isRights(atLevel, ofType)) {
            if (fds == null || data != null || value != null) {
                throw new InvalidRequestException(
                        where + "/fds", "SCM_RIGHTS has fds, a list of the session's, and no data");
            }
            return new Control.Rights(fds);
        }
        if (fds != null || (data == null) == (value == null)) {
            throw new InvalidRequestException(
                    where, "a control message of this type has either data or value");
        }
        if (value != null) {
            return ControlReader.message(atLevel, ofType, value, where + "/value");
        }
        byte[] bytes = DataEncoding.decode(where + "/data", String.valueOf(data), encoding);
        return new Control.Other(new ControlMessage(atLevel, ofType, bytes));
    }
}
