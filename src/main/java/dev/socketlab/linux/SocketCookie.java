package dev.socketlab.linux;

import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SO_COOKIE of socket(7): a number that no other socket of the machine ever has. The kernel makes
 * it when it is first asked for; the connection in TIME-WAIT that a socket leaves has it too, if it
 * was there before.
 */
public final class SocketCookie {
    /** Where the kernel says none. */
    public static final long NONE = 0;

    private SocketCookie() {}

    /** The cookie of a socket. */
    public static long of(Kernel kernel, int fd) {
        return read(kernel, fd, SolSocket.SO_COOKIE);
    }

    /** SO_NETNS_COOKIE: that of the network namespace that a socket is in. */
    public static long ofNamespace(Kernel kernel, int fd) {
        return read(kernel, fd, SolSocket.SO_NETNS_COOKIE);
    }

    private static long read(Kernel kernel, int fd, int optname) {
        OutBuffer optval = new OutBuffer(Long.BYTES);
        return kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, optname, optval) instanceof Success
                        && optval.bytes().length == Long.BYTES
                ? ByteBuffer.wrap(optval.bytes()).order(ByteOrder.nativeOrder()).getLong()
                : NONE;
    }
}
