package dev.socketlab.json.value;

import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ErrorOrigin;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.call.Control;
import dev.socketlab.call.ControlForm;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.Structure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Control messages that were received: their bytes, and what those mean where they have a form, by
 * the C names of its fields. After ip(7), ipv6(7), unix(7), socket(7) and RFC 3542.
 */
final class ControlWriter {
    private ControlWriter() {}

    /**
     * What is answered for a message.
     *
     * @param encoding how its bytes are written; null for base64
     */
    static CallAnswer.ControlAnswer answer(Control control, @Nullable DataEncoding encoding) {
        return switch (control) {
            case Control.Rights(List<Integer> fds) ->
                    new CallAnswer.ControlAnswer("SOL_SOCKET", "SCM_RIGHTS", fds, null, null, null);
            case Control.Other(ControlMessage message) -> {
                String type = ControlType.name(message.level(), message.type());
                DataEncoding.Encoded data =
                        DataEncoding.encode(
                                message.data(), encoding == null ? DataEncoding.BASE64 : encoding);
                yield new CallAnswer.ControlAnswer(
                        level(message.level()),
                        type == null ? (Object) message.type() : type,
                        null,
                        data.data(),
                        data.encoding(),
                        value(message));
            }
        };
    }

    private static Object level(int level) {
        boolean named =
                SocketLevel.NAMES.name(level) != null || IpProtocol.NAMES.name(level) != null;
        return named ? SocketOption.levelText(level) : (Object) level;
    }

    /** What a message means; null where that is not known, or not all of it is there. */
    private static @Nullable Object value(ControlMessage message) {
        byte[] data = message.data();
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.nativeOrder());
        ControlForm form = ControlForm.of(message.level(), message.type());
        return switch (form) {
            case null -> null;
            case INT -> data.length == Integer.BYTES ? (Object) bytes.getInt() : null;
            case BYTE ->
                    switch (data.length) {
                        case 1 -> data[0] & 0xff;
                        case Integer.BYTES -> bytes.getInt();
                        default -> null;
                    };
            case UINT16 -> data.length == Short.BYTES ? (Object) (bytes.getShort() & 0xffff) : null;
            case UINT32 ->
                    data.length == Integer.BYTES ? Integer.toUnsignedLong(bytes.getInt()) : null;
            case UCRED -> structure(Structure.UCRED, data);
            case TIMEVAL -> structure(Structure.TIMEVAL, data);
            case TIMESPEC -> structure(Structure.TIMESPEC, data);
            case IN_PKTINFO -> structure(Structure.IN_PKTINFO, data);
            case IN6_PKTINFO -> structure(Structure.IN6_PKTINFO, data);
            case TIMESPECS -> timespecs(data);
            case EXTENDED_ERR -> extendedError(data);
            case SOCKADDR -> SocketAddress.parse(data);
        };
    }

    private static @Nullable Object structure(Structure structure, byte[] data) {
        return data.length == structure.size() ? structure.read(data) : null;
    }

    /** struct scm_timestamping of linux/errqueue.h: software, deprecated, hardware. */
    private static @Nullable Object timespecs(byte[] data) {
        int size = Structure.TIMESPEC.size();
        return data.length == 3 * size
                ? IntStream.range(0, 3)
                        .mapToObj(i -> Arrays.copyOfRange(data, i * size, (i + 1) * size))
                        .map(Structure.TIMESPEC::read)
                        .toList()
                : null;
    }

    /** The names of what is named, and the address of who said so, which follows the structure. */
    private static @Nullable Object extendedError(byte[] data) {
        int size = Structure.SOCK_EXTENDED_ERR.size();
        if (data.length < size) {
            return null;
        }
        Map<String, Object> error = Structure.SOCK_EXTENDED_ERR.read(data);
        error.remove("ee_pad");
        error.computeIfPresent("ee_errno", (_, errno) -> new Errno(number(errno)).name());
        error.computeIfPresent(
                "ee_origin", (_, origin) -> ErrorOrigin.NAMES.nameOrNumber(number(origin)));
        error.put("offender", SocketAddress.parse(Arrays.copyOfRange(data, size, data.length)));
        return error;
    }

    private static int number(Object value) {
        return Math.toIntExact((long) value);
    }
}
