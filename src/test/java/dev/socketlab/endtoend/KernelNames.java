package dev.socketlab.endtoend;

import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Names of UNIX sockets: what is a path of the session's own directory through HTTP is a path of
 * the file system here.
 *
 * @param directory where they are
 */
record KernelNames(Path directory) {
    /** The address as the kernel takes it. */
    byte[] toKernel(SocketAddress address) {
        return (address instanceof SocketAddress.Unix unix && isPath(unix)
                        ? unix(directory.resolve(path(unix)))
                        : address)
                .toBytes();
    }

    /** The address that the kernel gave, by the name that the session gave it. */
    @Nullable SocketAddress named(@Nullable SocketAddress address) {
        return address instanceof SocketAddress.Unix unix && isPath(unix)
                ? unix(directory.relativize(path(unix)))
                : address;
    }

    private static boolean isPath(SocketAddress.Unix unix) {
        return unix.path().length > 0 && !unix.isAbstract();
    }

    private static Path path(SocketAddress.Unix unix) {
        return Path.of(new String(unix.path(), StandardCharsets.UTF_8));
    }

    private static SocketAddress.Unix unix(Path path) {
        return new SocketAddress.Unix(path.toString().getBytes(StandardCharsets.UTF_8));
    }
}
