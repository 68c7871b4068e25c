package dev.socketlab.web;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ErrorOrigin;
import dev.socketlab.json.AddressForm;
import dev.socketlab.json.Addresses;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the data of control messages mean, for those that have a form in JSON: by the C names of
 * their fields. After ip(7), ipv6(7), unix(7), socket(7) and RFC 3542.
 */
final class ControlValues {
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
            @Nullable AddressForm offender) {}

    /** What a message means; null where that is not known, or not all of it is there. */
    static @Nullable Object of(ControlMessage message) {
        byte[] data = message.data();
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
        ControlForm form = ControlForm.of(message.level(), message.type());
        return switch (form) {
            case null -> null;
            case INT -> integer(bytes);
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
}
