package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_FASTOPEN;
import static dev.socketlab.abi.MessageFlag.MSG_NOSIGNAL;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.policy.AddressUse;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Session;
import org.jspecify.annotations.Nullable;

/** Bytes out: send(2), write(2), sendto(2). And in: recv(2), read(2), recvfrom(2). */
final class Transfers {
    private final Kernel kernel;
    private final Blocking blocking;
    private final Addressing addressing;
    private final int maxLen;

    Transfers(Kernel kernel, Blocking blocking, Addressing addressing, int maxLen) {
        this.kernel = kernel;
        this.blocking = blocking;
        this.addressing = addressing;
        this.maxLen = maxLen;
    }

    Result send(Session session, Descriptor.Lease lease, Call.Send call, Caller caller) {
        int flags = call.flags() | MSG_DONTWAIT | MSG_NOSIGNAL;
        int fd = lease.kernelFd();
        Sending sending =
                new Sending(
                        call.buf(),
                        (buf, offset, length) -> kernel.send(fd, buf, offset, length, flags),
                        false);
        return send(session, lease, call, call.flags(), sending, caller);
    }

    Result write(Session session, Descriptor.Lease lease, Call.Write call, Caller caller) {
        int fd = lease.kernelFd();
        Sending sending =
                new Sending(
                        call.buf(),
                        (buf, offset, length) -> kernel.write(fd, buf, offset, length),
                        false);
        return send(session, lease, call, 0, sending, caller);
    }

    Result sendto(Session session, Descriptor.Lease lease, Call.Sendto call, Caller caller) {
        SocketAddress to = call.destAddr();
        ToAddress putting = new ToAddress(session, lease, to, call.flags());
        Sending sending = new Sending(call.buf(), putting, isUnready(kernel, lease, to));
        return send(session, lease, call, call.flags(), sending, caller);
    }

    /** Whether the socket is always writable, whatever room there is at such a destination. */
    static boolean isUnready(Kernel kernel, Descriptor.Lease lease, @Nullable SocketAddress to) {
        SocketKind kind = lease.kind(kernel);
        return to != null && kind.isUnix() && kind.type() == SocketType.SOCK_DGRAM;
    }

    /** A send that waits where the descriptor and the flags let it. */
    Result send(
            Session session,
            Descriptor.Lease lease,
            Call call,
            int flags,
            Sending sending,
            Caller caller) {
        if (!lease.isBlocking() || (flags & MSG_DONTWAIT) != 0) {
            return sending.once();
        }
        Operation operation =
                lease.kind(kernel).isUnix()
                        ? new UnixSending(kernel, session, lease, sending)
                        : sending;
        return blocking.run(session, lease, call, operation, caller);
    }

    /** sendto; what is left of a stream goes after it, and a connection is begun once. */
    private final class ToAddress implements Sending.Putting {
        private final Session session;
        private final Descriptor.Lease lease;
        private final int fd;
        private @Nullable SocketAddress to;
        private int flags;

        ToAddress(Session session, Descriptor.Lease lease, @Nullable SocketAddress to, int flags) {
            this.session = session;
            this.lease = lease;
            this.fd = lease.kernelFd();
            this.to = to;
            this.flags = flags | MSG_DONTWAIT | MSG_NOSIGNAL;
        }

        @Override
        public SyscallResult put(byte[] buf, int offset, int length) {
            SocketAddress address = to;
            if (address == null) {
                return kernel.send(fd, buf, offset, length, flags);
            }
            SyscallResult result =
                    addressing.use(
                            session,
                            lease,
                            AddressUse.SEND,
                            address,
                            addr -> kernel.sendto(fd, buf, offset, length, flags, addr));
            if (!result.failedWith(Errno.EAGAIN)) {
                to = null;
                flags &= ~MSG_FASTOPEN;
            }
            return result;
        }
    }

    Result recv(Session session, Descriptor.Lease lease, Call.Recv call, Caller caller) {
        return receive(session, lease, call, call.len(), call.flags(), caller);
    }

    Result recvfrom(Session session, Descriptor.Lease lease, Call.Recvfrom call, Caller caller) {
        return receive(session, lease, call, call.len(), call.flags(), caller);
    }

    private Result receive(
            Session session,
            Descriptor.Lease lease,
            Call call,
            long len,
            int flags,
            Caller caller) {
        boolean withSender = call instanceof Call.Recvfrom || isJudged(session, lease);
        Getting getting =
                withSender
                        ? Getting.recvfrom(kernel, addressing, lease, flags | MSG_DONTWAIT)
                        : Getting.recv(kernel, lease, flags | MSG_DONTWAIT);
        Receiving receiving =
                new Receiving(kernel, session, lease, length(len), flags, caller, getting);
        return receive(session, lease, call, receiving, caller);
    }

    Result read(Session session, Descriptor.Lease lease, Call.Read call, Caller caller) {
        // read of no bytes takes no datagram, as recv of none does
        boolean withSender = call.count() > 0 && isJudged(session, lease);
        Getting getting =
                withSender
                        ? Getting.recvfrom(kernel, addressing, lease, MSG_DONTWAIT)
                        : Getting.read(kernel, lease);
        Receiving receiving =
                new Receiving(kernel, session, lease, length(call.count()), 0, caller, getting);
        return receive(session, lease, call, receiving, caller);
    }

    private boolean isJudged(Session session, Descriptor.Lease lease) {
        return Senders.areJudged(session, lease.kind(kernel));
    }

    private int length(long len) {
        return (int) Math.min(len, maxLen);
    }

    /** A receiving call that waits where the descriptor and the flags let it. */
    Result receive(
            Session session,
            Descriptor.Lease lease,
            Call call,
            Receiving receiving,
            Caller caller) {
        if (!lease.isBlocking() || !receiving.mayBlock()) {
            return receiving.once();
        }
        Operation operation =
                TargetedReceiving.until(receiving, lease.description(), kernel, lease.kernelFd());
        return blocking.run(session, lease, call, operation, caller);
    }
}
