package dev.socketlab.web;

import dev.socketlab.json.Addresses;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.linux.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The data of control messages that are to be sent, from their form in JSON. */
final class ControlBytes {
    private static final long UINT32_MAX = 0xffffffffL;

    private ControlBytes() {}

    /**
     * The data that a value stands for.
     *
     * @throws InvalidRequestException when the type has no such form, or the value is not in it
     */
    static byte[] of(int level, int type, @Nullable JsonNode value, String where) {
        ControlForm form = ControlForm.of(level, type);
        Fields fields = new Fields(value, where);
        return switch (form) {
            case INT, BYTE -> buffer(4).putInt((int) fields.whole()).array();
            case UINT16 -> buffer(2).putShort((short) fields.whole()).array();
            case UINT32 -> buffer(4).putInt((int) fields.whole()).array();
            case UCRED ->
                    buffer(12)
                            .putInt((int) fields.whole("pid"))
                            .putInt((int) fields.whole("uid"))
                            .putInt((int) fields.whole("gid"))
                            .array();
            case IN_PKTINFO ->
                    buffer(12)
                            .putInt((int) fields.whole("ipi_ifindex"))
                            .put(fields.ip4("ipi_spec_dst"))
                            .put(fields.ip4("ipi_addr"))
                            .array();
            case IN6_PKTINFO ->
                    buffer(20)
                            .put(fields.ip6("ipi6_addr"))
                            .putInt((int) fields.whole("ipi6_ifindex"))
                            .array();
            case null, default ->
                    throw new InvalidRequestException(
                            where, "this type has no form of its own for sending; give data");
        };
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    /** A value that is to be sent, and its place in the request. */
    private record Fields(@Nullable JsonNode value, String where) {
        long whole() {
            return whole(value, where);
        }

        long whole(String name) {
            return whole(field(name), where + "/" + name);
        }

        private static long whole(@Nullable JsonNode node, String where) {
            if (node != null && node.isIntegralNumber() && node.canConvertToLong()) {
                long number = node.longValue();
                if (number >= Integer.MIN_VALUE && number <= UINT32_MAX) {
                    return number;
                }
            }
            throw new InvalidRequestException(where, "a number that fits 32 bits is expected here");
        }

        byte[] ip4(String name) {
            return ip(name, "0.0.0.0", SocketAddress.inet(text(name, "0.0.0.0"), 0));
        }

        byte[] ip6(String name) {
            return ip(name, "::", SocketAddress.inet6(text(name, "::"), 0, 0, 0));
        }

        private byte[] ip(String name, String such, Optional<? extends SocketAddress> address) {
            return Addresses.ip(address, such, where + "/" + name);
        }

        private String text(String name, String otherwise) {
            JsonNode node = field(name);
            return node == null ? otherwise : node.asString("");
        }

        private @Nullable JsonNode field(String name) {
            if (value == null || !value.isObject()) {
                throw new InvalidRequestException(
                        where, "an object with the fields of the C structure is expected here");
            }
            return value.get(name);
        }
    }
}
