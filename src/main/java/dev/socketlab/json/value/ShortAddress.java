package dev.socketlab.json.value;

import dev.socketlab.linux.SocketAddress;
import dev.socketlab.refusal.Reason;

/** The short forms of addresses. */
final class ShortAddress {
    private ShortAddress() {}

    /**
     * Reads {@code 127.0.0.1:8080}, {@code [::1]:8080}, {@code unix:name} or {@code unix:@name}.
     *
     * @throws Mistake when it is none of these
     */
    static SocketAddress parse(String text) {
        if (text.startsWith("unix:@")) {
            return UnixNames.ofAbstract(
                    DataEncoding.UTF_8.decode(text.substring("unix:@".length())));
        }
        if (text.startsWith("unix:")) {
            return UnixNames.ofPath(DataEncoding.UTF_8.decode(text.substring("unix:".length())));
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

    private static int port(String text, String digits) {
        if (!digits.matches("[0-9]{1,9}")) {
            throw notShort(text);
        }
        int port = Integer.parseInt(digits);
        if (port > 65535) {
            throw new Mistake(Reason.of("invalid.port", digits));
        }
        return port;
    }

    private static Mistake notShort(String text) {
        return new Mistake(Reason.of("invalid.address", text));
    }
}
