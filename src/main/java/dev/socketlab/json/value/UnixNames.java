package dev.socketlab.json.value;

import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;

/** Names of UNIX sockets, unix(7), from their bytes. */
final class UnixNames {
    private UnixNames() {}

    /**
     * The address of a path name.
     *
     * @throws IllegalArgumentException when a path name cannot have these bytes
     */
    static SocketAddress ofPath(byte[] path) {
        String text = new String(path, StandardCharsets.ISO_8859_1);
        if (path.length == 0 || path.length > SocketAddress.Unix.MAX_PATH || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "a path has 1 to " + SocketAddress.Unix.MAX_PATH + " bytes, none of them NUL");
        }
        return new SocketAddress.Unix(path);
    }

    /**
     * The address of an abstract name, which is given without its leading NUL.
     *
     * @throws IllegalArgumentException when it is too long
     */
    static SocketAddress ofAbstract(byte[] name) {
        if (name.length > SocketAddress.Unix.MAX_PATH) {
            throw new IllegalArgumentException(
                    "an abstract name has at most " + SocketAddress.Unix.MAX_PATH + " bytes");
        }
        byte[] path = new byte[name.length + 1];
        System.arraycopy(name, 0, path, 1, name.length);
        return new SocketAddress.Unix(path);
    }
}
