package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;

/**
 * What a socket was made as and remains: SO_DOMAIN, SO_TYPE and SO_PROTOCOL of socket(7).
 *
 * @param domain an {@link AddressFamily}; each is -1 where the kernel says nothing
 * @param type a {@link SocketType}
 * @param protocol an {@link IpProtocol}
 */
public record SocketKind(int domain, int type, int protocol) {
    /** Where the kernel says nothing, since it is no socket. */
    public static final int UNKNOWN = -1;

    /** Asks the kernel. */
    public static SocketKind of(Kernel kernel, int fd) {
        return new SocketKind(
                option(kernel, fd, SolSocket.SO_DOMAIN),
                option(kernel, fd, SolSocket.SO_TYPE),
                option(kernel, fd, SolSocket.SO_PROTOCOL));
    }

    /** Whether it is a socket of unix(7). */
    public boolean isUnix() {
        return domain == AddressFamily.AF_UNIX;
    }

    private static int option(Kernel kernel, int fd, int optname) {
        return IntOption.of(kernel, fd, SocketLevel.SOL_SOCKET, optname, UNKNOWN);
    }
}
