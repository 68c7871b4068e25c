package dev.socketlab.json.value;

import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.call.Control;
import dev.socketlab.call.ControlForm;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.Structure;
import dev.socketlab.refusal.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Control messages that are to be sent: levels and types by name, data from their form. */
public final class ControlReader {
    private ControlReader() {}

    /**
     * The level that a node names.
     *
     * @param where its place in the request
     * @throws InvalidRequestException when it names none
     */
    public static int level(JsonNode node, String where) {
        return number(node, where, OptionNames::levelValue);
    }

    /** The type that a node names at a level; as {@link #level}. */
    public static int type(int level, JsonNode node, String where) {
        return number(node, where, name -> type(level, name));
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
        return value.orElseThrow(
                () -> new InvalidRequestException(where, Reason.of("expected.control-constant")));
    }

    /** The types of a level have names of their own, or those of its options. */
    private static OptionalInt type(int level, String name) {
        if (level == SocketLevel.SOL_SOCKET && ControlType.NAMES.value(name).isPresent()) {
            return ControlType.NAMES.value(name);
        }
        return SocketOption.number(level, name);
    }

    /**
     * The message whose data a value stands for.
     *
     * @param where its place in the request
     * @throws InvalidRequestException when the type has no such form, or the value is not in it
     */
    public static Control.Other message(int level, int type, JsonNode value, String where) {
        ControlForm form = ControlForm.of(level, type);
        byte[] data =
                switch (form) {
                    case INT, BYTE, UINT32 ->
                            bytes(4).putInt((int) StructureJson.whole(value, where)).array();
                    case UINT16 ->
                            bytes(2).putShort((short) StructureJson.whole(value, where)).array();
                    case UCRED -> StructureJson.readWithWildcards(Structure.UCRED, value, where);
                    case IN_PKTINFO ->
                            StructureJson.readWithWildcards(Structure.IN_PKTINFO, value, where);
                    case IN6_PKTINFO ->
                            StructureJson.readWithWildcards(Structure.IN6_PKTINFO, value, where);
                    case TIMEVAL, TIMESPEC, TIMESPECS, EXTENDED_ERR, SOCKADDR -> throw none(where);
                    case null -> throw none(where);
                };
        return new Control.Other(new ControlMessage(level, type, data));
    }

    private static InvalidRequestException none(String where) {
        return new InvalidRequestException(where, Reason.of("invalid.control-form"));
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
