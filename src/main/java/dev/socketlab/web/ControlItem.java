package dev.socketlab.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.call.Control;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.linux.ControlMessage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Items of msg_control as the contract writes them. */
final class ControlItem {
    private ControlItem() {}

    /** One that is to be sent: with {@code fds}, {@code data} or {@code value}. */
    record ControlRequest(
            @Schema(ref = "NameOrNumber") @Required JsonNode level,
            @Schema(ref = "NameOrNumber") @Required JsonNode type,
            @Nullable List<Integer> fds,
            @Nullable String data,
            @Nullable DataEncoding encoding,
            @Schema(ref = "ControlValue") @Nullable JsonNode value) {}

    /** One that was received: {@code fds}, or the bytes, with what they mean where it is known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Answer(
            @Schema(ref = "NameOrNumber") Object level,
            @Schema(ref = "NameOrNumber") Object type,
            @Nullable List<Integer> fds,
            @Nullable String data,
            @Nullable DataEncoding encoding,
            @Schema(ref = "ControlValue") @Nullable Object value) {}

    /**
     * The control message that an item stands for.
     *
     * @param where its place in the request
     * @throws InvalidRequestException when it is none
     */
    static Control parse(ControlRequest item, String where) {
        int level = number(item.level(), where + "/level", OptionNames::levelValue);
        int type = number(item.type(), where + "/type", name -> type(level, name));
        if (Control.isRights(level, type)) {
            if (item.fds() == null || item.data() != null || item.value() != null) {
                throw new InvalidRequestException(
                        where + "/fds", "SCM_RIGHTS has fds, a list of the session's, and no data");
            }
            return new Control.Rights(item.fds());
        }
        if (item.fds() != null || (item.data() == null) == (item.value() == null)) {
            throw new InvalidRequestException(
                    where, "a control message of this type has either data or value");
        }
        byte[] bytes =
                item.data() != null
                        ? TransferController.decode(where + "/data", item.data(), item.encoding())
                        : ControlBytes.of(level, type, item.value(), where + "/value");
        return new Control.Other(new ControlMessage(level, type, bytes));
    }

    /** What a name is in C. */
    private interface Names {
        OptionalInt value(String name);
    }

    private static int number(JsonNode node, String where, Names names) {
        if (node.isIntegralNumber() && node.canConvertToInt()) {
            return node.intValue();
        }
        OptionalInt value = node.isString() ? names.value(node.stringValue()) : OptionalInt.empty();
        return value.orElseThrow(() ->
                new InvalidRequestException(
                        where,
                        "the name of a constant, such as SOL_SOCKET and SCM_RIGHTS, or a number is"
                                + " expected here; GET /api/v1/constants lists the names"));
    }

    /** The types of a level have names of their own, or those of its options. */
    private static OptionalInt type(int level, String name) {
        if (level == SocketLevel.SOL_SOCKET && ControlType.NAMES.value(name).isPresent()) {
            return ControlType.NAMES.value(name);
        }
        return SocketOption.number(level, name);
    }

    /** An item of an answer. */
    static Answer answer(Control control) {
        return switch (control) {
            case Control.Rights(List<Integer> fds) ->
                    new Answer("SOL_SOCKET", "SCM_RIGHTS", fds, null, null, null);
            case Control.Other(ControlMessage message) -> {
                String type = ControlType.name(message.level(), message.type());
                DataEncoding.Encoded data =
                        DataEncoding.encode(message.data(), DataEncoding.BASE64);
                yield new Answer(
                        level(message.level()),
                        type == null ? (Object) message.type() : type,
                        null,
                        data.data(),
                        data.encoding(),
                        ControlValues.of(message));
            }
        };
    }

    private static Object level(int level) {
        boolean named =
                SocketLevel.NAMES.name(level) != null || IpProtocol.NAMES.name(level) != null;
        return named ? SocketOption.levelText(level) : (Object) level;
    }
}
