package dev.socketlab.inspect;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.Interfaces;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Success;
import org.jspecify.annotations.Nullable;

/** The addresses of a socket's two ends. */
final class SocketEnds {
    private static final int SOCKADDR_IN_SIZE = 16;
    private static final int SOCKADDR_IN6_SIZE = 28;

    private final Kernel kernel;

    SocketEnds(Kernel kernel) {
        this.kernel = kernel;
    }

    /** getsockname(2); null where the kernel gives none. */
    @Nullable SocketAddress local(int fd) {
        OutBuffer addr = OutBuffer.forAddress();
        SocketAddress address = address(kernel.getsockname(fd, addr), addr);
        return address instanceof SocketAddress.Packet packet
                ? packet.on(
                        packet.ifindex(),
                        Interfaces.name(kernel, fd, packet.ifindex()).orElse(null))
                : address;
    }

    /**
     * SO_PEERNAME, which names the peer of a socket that is still connecting too, and of one whose
     * connection is over, where getpeername(2) says ENOTCONN. Its optlen must not be more than the
     * address has.
     */
    @Nullable SocketAddress peer(int fd, int domain) {
        OutBuffer addr =
                switch (domain) {
                    case AddressFamily.AF_INET -> new OutBuffer(SOCKADDR_IN_SIZE);
                    case AddressFamily.AF_INET6 -> new OutBuffer(SOCKADDR_IN6_SIZE);
                    default -> null;
                };
        if (addr == null) {
            OutBuffer any = OutBuffer.forAddress();
            return address(kernel.getpeername(fd, any), any);
        }
        return address(
                kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_PEERNAME, addr), addr);
    }

    private static @Nullable SocketAddress address(SyscallResult result, OutBuffer addr) {
        return result instanceof Success ? addr.address() : null;
    }
}
