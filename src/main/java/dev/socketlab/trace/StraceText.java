package dev.socketlab.trace;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.linux.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes and addresses as strace(1) writes them. */
final class StraceText {
    /** As many bytes of a string as strace shows unless told otherwise. */
    private static final int MAX_STRING = 32;

    private StraceText() {}

    /** An address: {@code {AF_INET, 127.0.0.1:80}}. */
    static String address(@Nullable SocketAddress address) {
        return switch (address) {
            case null -> "NULL";
            case SocketAddress.Inet inet -> "{AF_INET, " + inet.text() + ":" + inet.port() + "}";
            case SocketAddress.Inet6 inet6 ->
                    "{AF_INET6, ["
                            + inet6.text()
                            + "]:"
                            + inet6.port()
                            + (inet6.scopeId() == 0 ? "" : ", scope_id=" + inet6.scopeId())
                            + "}";
            case SocketAddress.Unix unix when unix.path().length == 0 -> "{AF_UNIX}";
            case SocketAddress.Unix unix when unix.isAbstract() ->
                    "{AF_UNIX, @"
                            + string(Arrays.copyOfRange(unix.path(), 1, unix.path().length))
                            + "}";
            case SocketAddress.Unix unix -> "{AF_UNIX, " + string(unix.path()) + "}";
            case SocketAddress.Packet packet ->
                    "{AF_PACKET, "
                            + EthernetProtocol.NAMES.text(packet.protocol())
                            + ", "
                            + (packet.device() == null ? packet.ifindex() : packet.device())
                            + "}";
            case SocketAddress.Other other -> "{" + AddressFamily.NAMES.text(other.family()) + "}";
        };
    }

    /** Bytes as a C string literal, cut where there are many. */
    static String string(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(bytes.length, MAX_STRING); i++) {
            int b = bytes[i] & 0xff;
            switch (b) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (b >= ' ' && b <= '~') {
                        text.append((char) b);
                    } else {
                        text.append(String.format("\\%03o", b));
                    }
                }
            }
        }
        return text.append(bytes.length > MAX_STRING ? "\"..." : "\"").toString();
    }
}
