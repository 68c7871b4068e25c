package dev.socketlab.json;

import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Socket addresses as the contract writes them, and the short forms that it takes. */
public final class Addresses {
    private Addresses() {}

    /**
     * Reads {@code 127.0.0.1:8080}, {@code [::1]:8080}, {@code unix:name} or {@code unix:@name}.
     */
    public static SocketAddress parse(String text) {
        if (text.startsWith("unix:@")) {
            return unixAbstract(DataEncoding.UTF_8.decode(text.substring("unix:@".length())));
        }
        if (text.startsWith("unix:")) {
            return unixPath(DataEncoding.UTF_8.decode(text.substring("unix:".length())));
        }
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 1 && text.charAt(colon - 1) == ']';
        if (colon < 0 || (!bracketed && text.indexOf(':') != colon)) {
            throw notShort(text);
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        int port = port(text, text.substring(colon + 1));
        return (bracketed
                        ? SocketAddress.inet6(host, port, 0, 0).map(SocketAddress.class::cast)
                        : SocketAddress.inet(host, port).map(SocketAddress.class::cast))
                .orElseThrow(() -> notShort(text));
    }

    /** The object that an answer has for an address; null for none. */
    public static @Nullable AddressForm form(@Nullable SocketAddress address) {
        return switch (address) {
            case null -> null;
            case SocketAddress.Inet inet ->
                    AddressForm.ip(inet.family(), inet.text(), inet.port(), null, null);
            case SocketAddress.Inet6 inet6 ->
                    AddressForm.ip(
                            inet6.family(),
                            inet6.text(),
                            inet6.port(),
                            Integer.toUnsignedLong(inet6.flowinfo()),
                            Integer.toUnsignedLong(inet6.scopeId()));
            case SocketAddress.Unix unix when unix.path().length == 0 ->
                    AddressForm.of(unix.family());
            case SocketAddress.Unix unix -> unix(unix);
            case SocketAddress.Packet packet -> AddressForm.packet(packet);
            case SocketAddress.Other other ->
                    AddressForm.other(
                            other.family(), DataEncoding.encode(other.data(), DataEncoding.BASE64));
        };
    }

    private static AddressForm unix(SocketAddress.Unix unix) {
        int skip = unix.isAbstract() ? 1 : 0;
        byte[] name = Arrays.copyOfRange(unix.path(), skip, unix.path().length);
        DataEncoding.Encoded text = DataEncoding.encode(name, null);
        DataEncoding encoding = text.encoding() == DataEncoding.UTF_8 ? null : text.encoding();
        return skip == 0
                ? AddressForm.unix(text.data(), null, encoding)
                : AddressForm.unix(null, text.data(), encoding);
    }

    private static int port(String text, String digits) {
        if (!digits.matches("[0-9]{1,9}")) {
            throw notShort(text);
        }
        int port = Integer.parseInt(digits);
        if (port > 65535) {
            throw new IllegalArgumentException("port " + digits + " is not 0 to 65535");
        }
        return port;
    }

    private static IllegalArgumentException notShort(String text) {
        return new IllegalArgumentException(
                "\""
                        + text
                        + "\" is not an address; accepted: \"127.0.0.1:8080\", \"[::1]:8080\","
                        + " \"unix:name\", \"unix:@name\", or an object with a family");
    }

    static SocketAddress unixPath(byte[] path) {
        String text = new String(path, StandardCharsets.ISO_8859_1);
        if (path.length == 0 || path.length > SocketAddress.Unix.MAX_PATH || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "a path has 1 to " + SocketAddress.Unix.MAX_PATH + " bytes, none of them NUL");
        }
        return new SocketAddress.Unix(path);
    }

    static SocketAddress unixAbstract(byte[] name) {
        if (name.length > SocketAddress.Unix.MAX_PATH) {
            throw new IllegalArgumentException(
                    "an abstract name has at most " + SocketAddress.Unix.MAX_PATH + " bytes");
        }
        byte[] path = new byte[name.length + 1];
        System.arraycopy(name, 0, path, 1, name.length);
        return new SocketAddress.Unix(path);
    }

    /**
     * The bytes of an IP address that was to be in a request.
     *
     * @param such an example of one
     * @param where its place in the request
     * @throws InvalidRequestException when there is none
     */
    public static byte[] ip(Optional<? extends SocketAddress> address, String such, String where) {
        return address.map(SocketAddress::ip)
                .orElseThrow(() ->
                        new InvalidRequestException(
                                where, "an address such as " + such + " is expected here"));
    }
}
