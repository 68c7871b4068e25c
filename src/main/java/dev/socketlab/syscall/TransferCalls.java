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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Bytes out: send(2), write(2), sendto(2). And in: recv(2), read(2), recvfrom(2). */
final class TransferCalls {
    private final Kernel kernel;
    private final Blocking blocking;
    private final Addressing addressing;
    private final int maxLen;

    TransferCalls(Kernel kernel, Blocking blocking, Addressing addressing, int maxLen) {
        this.kernel = kernel;
        this.blocking = blocking;
        this.addressing = addressing;
        this.maxLen = maxLen;
    }

    Result send(LeasedCall on, Call.Send call) {
        int flags = call.flags() | MSG_DONTWAIT | MSG_NOSIGNAL;
        int fd = on.lease().kernelFd();
        Sending sending =
                new Sending(
                        call.buf(),
                        (buf, offset, length) -> kernel.send(fd, buf, offset, length, flags));
        return send(on, call.flags(), null, sending, to -> toward(on, to, call.buf(), flags));
    }

    Result write(LeasedCall on, Call.Write call) {
        int fd = on.lease().kernelFd();
        Sending sending =
                new Sending(
                        call.buf(), (buf, offset, length) -> kernel.write(fd, buf, offset, length));
        return send(on, 0, null, sending, to -> toward(on, to, call.buf(), 0));
    }

    Result sendto(LeasedCall on, Call.Sendto call) {
        SocketAddress to = call.destAddr();
        Sending sending = toward(on, to, call.buf(), call.flags());
        return send(
                on, call.flags(), to, sending, peer -> toward(on, peer, call.buf(), call.flags()));
    }

    private Sending toward(LeasedCall on, @Nullable SocketAddress to, byte[] buf, int flags) {
        return new Sending(buf, new ToAddress(on, to, flags));
    }

    /**
     * A send that waits where the descriptor and the flags let it.
     *
     * @param to the address that it names
     * @param toward the same send with another address
     */
    Result send(
            LeasedCall on,
            int flags,
            @Nullable SocketAddress to,
            Sending sending,
            Function<SocketAddress, Sending> toward) {
        boolean waits = on.lease().isBlocking() && (flags & MSG_DONTWAIT) == 0;
        Result result = waits ? blocking.run(on, waiting(on, to, sending, toward)) : sending.once();
        if (to == null && isFromDeadPeer(on, result)) {
            on.lease().description().peerWait().wakeAll();
        }
        return result;
    }

    private Operation waiting(
            LeasedCall on,
            @Nullable SocketAddress to,
            Sending sending,
            Function<SocketAddress, Sending> toward) {
        SocketKind kind = on.lease().kind(kernel);
        if (!kind.isUnix()) {
            return kind.type() == SocketType.SOCK_STREAM
                    ? new UntilDisconnected(kernel, on, sending, true)
                    : sending;
        }
        if (kind.type() != SocketType.SOCK_DGRAM) {
            return new UnixSending(kernel, on, sending);
        }
        if (to instanceof SocketAddress.Unix named) {
            return new RoomWaiting(kernel, on, named, sending);
        }
        return PeerSending.peer(kernel, on.lease())
                .<Operation>map(peer ->
                        new RoomWaiting(
                                kernel,
                                on,
                                peer,
                                new PeerSending(
                                        kernel,
                                        on.lease(),
                                        peer,
                                        sending,
                                        () -> toward.apply(peer))))
                .orElseGet(() -> new UnixSending(kernel, on, sending));
    }

    /**
     * Whether a datagram found its peer gone, which disconnects the socket and empties its queue:
     * unix_dgram_disconnected of net/unix/af_unix.c.
     */
    private boolean isFromDeadPeer(LeasedCall on, Result result) {
        return result instanceof Result.Failure(Errno errno, String _)
                && errno.equals(Errno.ECONNREFUSED)
                && on.lease().kind(kernel).isUnix();
    }

    /** sendto; what is left of a stream goes after it, and a connection is begun once. */
    private final class ToAddress implements Sending.Putting {
        private final LeasedCall on;
        private final int fd;
        private @Nullable SocketAddress to;
        private int flags;

        ToAddress(LeasedCall on, @Nullable SocketAddress to, int flags) {
            this.on = on;
            this.fd = on.lease().kernelFd();
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
                            on.session(),
                            on.lease(),
                            AddressUse.SEND,
                            address,
                            addr -> kernel.sendto(fd, buf, offset, length, flags, addr.bytes()));
            if (!result.failedWith(Errno.EAGAIN)) {
                to = null;
                flags &= ~MSG_FASTOPEN;
            }
            return result;
        }
    }

    Result recv(LeasedCall on, Call.Recv call) {
        return receive(on, call.len(), call.flags(), isJudged(on));
    }

    Result recvfrom(LeasedCall on, Call.Recvfrom call) {
        return receive(on, call.len(), call.flags(), true);
    }

    private Result receive(LeasedCall on, long len, int flags, boolean withSender) {
        Getting getting =
                withSender
                        ? Getting.recvfrom(kernel, addressing, on.lease(), flags | MSG_DONTWAIT)
                        : Getting.recv(kernel, on.lease(), flags | MSG_DONTWAIT);
        return receive(on, new Receiving(kernel, on, length(len), flags, getting));
    }

    Result read(LeasedCall on, Call.Read call) {
        if (call.count() == 0) {
            return Getting.read(kernel, on.lease())
                    .get(0); // takes no datagram, as recv of none does
        }
        boolean withSender = isJudged(on);
        Getting getting =
                withSender
                        ? Getting.recvfrom(kernel, addressing, on.lease(), MSG_DONTWAIT)
                        : Getting.read(kernel, on.lease());
        return receive(on, new Receiving(kernel, on, length(call.count()), 0, getting));
    }

    private boolean isJudged(LeasedCall on) {
        return Senders.areJudged(on.session(), on.lease().kind(kernel));
    }

    private int length(long len) {
        return (int) Math.min(len, maxLen);
    }

    /** A receiving call that waits where the descriptor and the flags let it. */
    Result receive(LeasedCall on, Receiving receiving) {
        if (!on.lease().isBlocking() || !receiving.mayBlock()) {
            return receiving.once();
        }
        Operation until = TargetedReceiving.until(receiving, kernel);
        SocketKind kind = on.lease().kind(kernel);
        boolean tcp = kind.type() == SocketType.SOCK_STREAM && !kind.isUnix();
        return blocking.run(on, tcp ? new UntilDisconnected(kernel, on, until, false) : until);
    }
}
