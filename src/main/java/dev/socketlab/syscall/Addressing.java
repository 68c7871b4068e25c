package dev.socketlab.syscall;

import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Interfaces;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.MachineHost;
import dev.socketlab.policy.AddressUse;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Session;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way by which an address that a call names goes to the kernel: it is judged first, a UNIX
 * path is looked up in the session's own directory, and the name of an interface becomes its
 * number.
 */
final class Addressing {
    private final Kernel kernel;

    Addressing(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Makes a system call with an address.
     *
     * @param call given the struct sockaddr
     * @throws PolicyException when the address is refused
     */
    SyscallResult use(
            Session session,
            Descriptor.Lease lease,
            AddressUse use,
            SocketAddress address,
            Function<byte[], SyscallResult> call) {
        session.network().egress().judge(use, address);
        return switch (address) {
            case SocketAddress.Unix unix -> unix(session, lease, use, unix, call);
            case SocketAddress.Packet packet when packet.device() != null ->
                    packet(lease, packet, packet.device(), call);
            default -> call.apply(address.toBytes());
        };
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
                    addr -> kernel.connect(lease.kernelFd(), addr));
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
     * unix_stream_sendmsg of net/unix/af_unix.c.
     */
    private SyscallResult unix(
            Session session,
            Descriptor.Lease lease,
            AddressUse use,
            SocketAddress.Unix unix,
            Function<byte[], SyscallResult> call) {
        SocketKind kind = lease.kind(kernel);
        if (!kind.isUnix()) {
            return call.apply(unix.toBytes());
        }
        boolean path = unix.path().length > 0 && !unix.isAbstract();
        if (!path) {
            checkAbstract(lease, use, unix);
            return call.apply(unix.toBytes());
        }
        return switch (use) {
            case BIND -> session.directory().bind(unix, () -> call.apply(unix.toBytes()));
            case CONNECT -> session.directory().reach(unix, call);
            case SEND ->
                    kind.type() == SocketType.SOCK_DGRAM
                            ? session.directory().reach(unix, call)
                            : call.apply(unix.toBytes());
            case IMPLICIT_BIND, ACCEPT, RECEIVE -> call.apply(unix.toBytes());
        };
    }

    /** Abstract names belong to a network namespace; bind without a name makes one. */
    private static void checkAbstract(
            Descriptor.Lease lease, AddressUse use, SocketAddress.Unix unix) {
        boolean named = unix.isAbstract() || use == AddressUse.BIND;
        if (named && lease.description().host() instanceof MachineHost) {
            throw new PolicyException(
                    Rule.PATH,
                    "Abstract names are the whole machine's here, since it can give sessions no"
                            + " namespace of their own; use a path.");
        }
    }

    private SyscallResult packet(
            Descriptor.Lease lease,
            SocketAddress.Packet packet,
            String device,
            Function<byte[], SyscallResult> call) {
        return switch (Interfaces.index(kernel, lease.kernelFd(), device)) {
            case Success(long index) -> call.apply(packet.on((int) index, device).toBytes());
            case Failure failure -> failure;
        };
    }
}
