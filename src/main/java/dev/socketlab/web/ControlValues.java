package dev.socketlab.web;

import static dev.socketlab.linux.IpProtocol.IPPROTO_IP;
import static dev.socketlab.linux.IpProtocol.IPPROTO_IPV6;
import static dev.socketlab.linux.IpProtocol.IPPROTO_TCP;
import static dev.socketlab.linux.IpProtocol.IPPROTO_UDP;
import static dev.socketlab.linux.SocketLevel.SOL_SOCKET;

import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.ControlType;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.ErrorOrigin;
import dev.socketlab.linux.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the data of control messages mean, for those that have a form in JSON: by the C names of
 * their fields. After ip(7), ipv6(7), unix(7), socket(7) and RFC 3542.
 */
final class ControlValues {
    private static final long UINT32_MAX = 0xffffffffL;

    private ControlValues() {}

    record Timespec(long tv_sec, long tv_nsec) {}

    record InPktinfo(int ipi_ifindex, String ipi_spec_dst, String ipi_addr) {}

    record In6Pktinfo(String ipi6_addr, int ipi6_ifindex) {}

    record ExtendedError(
            String ee_errno,
            Object ee_origin,
            int ee_type,
            int ee_code,
            long ee_info,
            long ee_data,
            Addresses.@Nullable Form offender) {}

    /** The form of a type's data. */
    private enum Form {
        INT,
        BYTE,
        UINT16,
        UINT32,
        UCRED,
        TIMEVAL,
        TIMESPEC,
        TIMESPECS,
        IN_PKTINFO,
        IN6_PKTINFO,
        EXTENDED_ERR,
        SOCKADDR
    }

    private static @Nullable Form form(int level, int type) {
        String name = ControlType.name(level, type);
        return switch (level) {
            case SOL_SOCKET ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "SCM_CREDENTIALS" -> Form.UCRED;
                        case "SCM_TIMESTAMP", "SO_TIMESTAMP_NEW" -> Form.TIMEVAL;
                        case "SCM_TIMESTAMPNS", "SO_TIMESTAMPNS_NEW" -> Form.TIMESPEC;
                        case "SCM_TIMESTAMPING", "SO_TIMESTAMPING_NEW" -> Form.TIMESPECS;
                        case "SO_RXQ_OVFL", "SO_MARK", "SCM_TS_OPT_ID" -> Form.UINT32;
                        case "SO_PRIORITY", "SCM_INQ", "SCM_WIFI_STATUS" -> Form.INT;
                        default -> null;
                    };
            case IPPROTO_IP ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "IP_TTL", "IP_RECVFRAGSIZE", "IP_PROTOCOL" -> Form.INT;
                        case "IP_TOS" -> Form.BYTE;
                        case "IP_PKTINFO" -> Form.IN_PKTINFO;
                        case "IP_RECVERR" -> Form.EXTENDED_ERR;
                        case "IP_ORIGDSTADDR" -> Form.SOCKADDR;
                        default -> null;
                    };
            case IPPROTO_IPV6 ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "IPV6_HOPLIMIT",
                                "IPV6_2292HOPLIMIT",
                                "IPV6_TCLASS",
                                "IPV6_DONTFRAG",
                                "IPV6_RECVFRAGSIZE" ->
                                Form.INT;
                        case "IPV6_PKTINFO", "IPV6_2292PKTINFO" -> Form.IN6_PKTINFO;
                        case "IPV6_RECVERR" -> Form.EXTENDED_ERR;
                        case "IPV6_ORIGDSTADDR" -> Form.SOCKADDR;
                        default -> null;
                    };
            case IPPROTO_UDP ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "UDP_SEGMENT" -> Form.UINT16;
                        case "UDP_GRO" -> Form.INT;
                        default -> null;
                    };
            case IPPROTO_TCP -> "TCP_INQ".equals(name) ? Form.INT : null;
            default -> null;
        };
    }

    /** What a message means; null where that is not known, or not all of it is there. */
    static @Nullable Object of(ControlMessage message) {
        byte[] data = message.data();
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
        Form form = form(message.level(), message.type());
        return switch (form) {
            case null -> null;
            case INT -> data.length == 4 ? (Object) bytes.getInt() : null;
            case BYTE -> data.length == 1 ? (Object) (data[0] & 0xff) : integer(bytes);
            case UINT16 -> data.length == 2 ? (Object) (bytes.getShort() & 0xffff) : null;
            case UINT32 -> data.length == 4 ? Integer.toUnsignedLong(bytes.getInt()) : null;
            case UCRED -> data.length == 12 ? ucred(bytes) : null;
            case TIMEVAL ->
                    data.length == 16
                            ? new CallAnswer.Timeval(bytes.getLong(), bytes.getLong())
                            : null;
            case TIMESPEC -> data.length == 16 ? timespec(bytes) : null;
            case TIMESPECS ->
                    data.length == 48
                            ? Stream.generate(() -> timespec(bytes)).limit(3).toList()
                            : null;
            case IN_PKTINFO -> data.length == 12 ? inPktinfo(bytes) : null;
            case IN6_PKTINFO -> data.length == 20 ? in6Pktinfo(bytes) : null;
            case EXTENDED_ERR -> data.length >= 16 ? extendedError(data, bytes) : null;
            case SOCKADDR -> Addresses.form(SocketAddress.parse(data));
        };
    }

    private static @Nullable Object integer(ByteBuffer bytes) {
        return bytes.remaining() == 4 ? (Object) bytes.getInt() : null;
    }

    private static CallAnswer.Ucred ucred(ByteBuffer bytes) {
        return new CallAnswer.Ucred(
                bytes.getInt(),
                Integer.toUnsignedLong(bytes.getInt()),
                Integer.toUnsignedLong(bytes.getInt()));
    }

    private static Timespec timespec(ByteBuffer bytes) {
        return new Timespec(bytes.getLong(), bytes.getLong());
    }

    private static InPktinfo inPktinfo(ByteBuffer bytes) {
        return new InPktinfo(bytes.getInt(), ip(bytes, 4), ip(bytes, 4));
    }

    private static In6Pktinfo in6Pktinfo(ByteBuffer bytes) {
        return new In6Pktinfo(ip(bytes, 16), bytes.getInt());
    }

    private static String ip(ByteBuffer bytes, int length) {
        byte[] ip = new byte[length];
        bytes.get(ip);
        return SocketAddress.ipText(ip);
    }

    /** struct sock_extended_err, and after it the address of who said so. */
    private static ExtendedError extendedError(byte[] data, ByteBuffer bytes) {
        String errno = new Errno(bytes.getInt()).name();
        Object origin = CallAnswer.named(ErrorOrigin.NAMES, bytes.get() & 0xff);
        int type = bytes.get() & 0xff;
        int code = bytes.get() & 0xff;
        bytes.get();
        return new ExtendedError(
                errno,
                origin,
                type,
                code,
                Integer.toUnsignedLong(bytes.getInt()),
                Integer.toUnsignedLong(bytes.getInt()),
                Addresses.form(SocketAddress.parse(Arrays.copyOfRange(data, 16, data.length))));
    }

    /**
     * The data that a value stands for.
     *
     * @throws InvalidRequestException when the type has no such form, or the value is not in it
     */
    static byte[] bytes(int level, int type, @Nullable JsonNode value, String where) {
        Form form = form(level, type);
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
            return address.map(SocketAddress::ip)
                    .orElseThrow(() ->
                            new InvalidRequestException(
                                    where + "/" + name,
                                    "an address such as " + such + " is expected here"));
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
