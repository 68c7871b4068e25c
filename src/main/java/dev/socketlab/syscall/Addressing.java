package dev.socketlab.syscall;

import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Interfaces;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.MachineHost;
import dev.socketlab.policy.AddressUse;
import dev.socketlab.policy.JudgedAddress;
import dev.socketlab.policy.NamePolicy;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionResources;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way by which an address that a call names goes to the kernel: the name of an interface
 * becomes its number, the bytes are judged, and a UNIX path is looked up in the session's own
 * directory.
 */
final class Addressing {
    private final Kernel kernel;

    Addressing(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Makes a system call with an address.
     *
     * @param call given the struct sockaddr that was judged, or the way to the socket that its path
     *     leads to
     * @throws PolicyException when the address is refused
     */
    SyscallResult use(
            Session session,
            Descriptor.Lease lease,
            AddressUse use,
            SocketAddress address,
            Function<JudgedAddress, SyscallResult> call) {
        if (address instanceof SocketAddress.Packet packet && packet.device() != null) {
            String device = packet.device();
            return switch (Interfaces.index(kernel, lease.kernelFd(), device)) {
                case Success(long index) ->
                        use(session, lease, use, packet.on((int) index, null), call);
                case Failure failure -> failure;
            };
        }
        JudgedAddress judged = session.network().egress().judge(use, address.toBytes());
        return judged.address() instanceof SocketAddress.Unix unix && lease.kind(kernel).isUnix()
                ? unix(session, lease, use, unix, judged, call)
                : call.apply(judged);
    }

    /**
     * connect(2), made once. The implicit bind and another call's address wait for it.
     *
     * @throws PolicyException when the address is refused
     */
    SyscallResult connect(Session session, Descriptor.Lease lease, SocketAddress address) {
        synchronized (lease.addressLock()) {
            return use(
                    session,
                    lease,
                    AddressUse.CONNECT,
                    address,
                    addr -> kernel.connect(lease.kernelFd(), addr.bytes()));
        }
    }

    /** The address as the kernel gave it, with the name of its interface. */
    @Nullable SocketAddress named(Descriptor.Lease lease, @Nullable SocketAddress address) {
        return address instanceof SocketAddress.Packet packet
                ? packet.on(
                        packet.ifindex(),
                        Interfaces.name(kernel, lease.kernelFd(), packet.ifindex()).orElse(null))
                : address;
    }

    /**
     * Connected stream and seqpacket sockets do not look at the address that a send names,
     * unix_stream_sendmsg of net/unix/af_unix.c; who does, refuses one that is too long before it
     * looks the name up, unix_validate_addr there.
     *
     * @param call given the address itself, or another way to the same socket
     */
    private SyscallResult unix(
            Session session,
            Descriptor.Lease lease,
            AddressUse use,
            SocketAddress.Unix unix,
            JudgedAddress judged,
            Function<JudgedAddress, SyscallResult> call) {
        if (unix.isTooLong()) {
            return call.apply(judged);
        }
        boolean path = unix.path().length > 0 && !unix.isAbstract();
        if (!path) {
            if (unix.isAbstract() || use == AddressUse.BIND) {
                NamePolicy.judgeAbstract(!(lease.description().host() instanceof MachineHost));
            }
            return call.apply(judged);
        }
        SessionResources resources = session.resources();
        return switch (use) {
            case BIND -> resources.directory().bind(unix, () -> call.apply(judged));
            case CONNECT -> resources.directory().reach(unix, way -> call.apply(judged.by(way)));
            case SEND ->
                    lease.kind(kernel).type() == SocketType.SOCK_DGRAM
                            ? resources.directory().reach(unix, way -> call.apply(judged.by(way)))
                            : call.apply(judged);
            case IMPLICIT_BIND, ACCEPT, RECEIVE -> call.apply(judged);
        };
    }
}
