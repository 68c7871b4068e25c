package dev.socketlab.json.value;

import dev.socketlab.linux.SocketAddress;
import dev.socketlab.refusal.Reason;
import java.nio.charset.StandardCharsets;

/** Names of UNIX sockets, unix(7), from their bytes; how many they may be, the kernel says. */
final class UnixNames {
    private UnixNames() {}

    /**
     * The address of a path name.
     *
     * @throws Mistake when a path name cannot have these bytes
     */
    static SocketAddress ofPath(byte[] path) {
        String text = new String(path, StandardCharsets.ISO_8859_1);
        if (path.length == 0 || text.indexOf(0) >= 0) {
            throw new Mistake(Reason.of("invalid.unix-path"));
        }
        return new SocketAddress.Unix(path);
    }

    /** The address of an abstract name, which is given without its leading NUL. */
    static SocketAddress ofAbstract(byte[] name) {
        byte[] path = new byte[name.length + 1];
        System.arraycopy(name, 0, path, 1, name.length);
        return new SocketAddress.Unix(path);
    }
}
