package dev.socketlab.syscall;

import static dev.socketlab.abi.EpollEvent.EPOLLIN;
import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_ERRQUEUE;
import static dev.socketlab.abi.MessageFlag.MSG_OOB;
import static dev.socketlab.abi.MessageFlag.MSG_PEEK;
import static dev.socketlab.abi.MessageFlag.MSG_WAITALL;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Result;
import dev.socketlab.linux.IntOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.linux.UnixSockets;
import dev.socketlab.session.OpenFileDescription;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One receiving call. It holds no buffer while it waits, and asks whether the caller is still there
 * just before it takes bytes from the kernel.
 *
 * <p>A blocking recv is woken at a target: SO_RCVLOWAT bytes, or all of them with MSG_WAITALL. The
 * kernel fills the user's buffer as bytes come; here they stay in the kernel until the target is
 * there (or the stream, the receive buffer or the wait is at its end), so that they are not lost on
 * a caller who has gone.
 */
final class Receiving {
    /** Up to this length a buffer is not worth asking the kernel how much there is. */
    private static final int SMALL = 16384;

    /** No packet of IP is longer, nor one with the headers of its link. */
    private static final int MAX_PACKET = 1 << 17;

    private final Kernel kernel;
    private final LeasedCall on;
    private final OpenFileDescription description;
    private final int fd;
    private final int len;
    private final int flags;
    private final Getting getting;
    private final boolean whole;

    Receiving(Kernel kernel, LeasedCall on, int len, int flags, Getting getting) {
        this(kernel, on, len, flags, getting, false);
    }

    /**
     * @param whole whether control messages are asked for
     */
    Receiving(Kernel kernel, LeasedCall on, int len, int flags, Getting getting, boolean whole) {
        this.kernel = kernel;
        this.on = on;
        this.description = on.lease().description();
        this.fd = on.lease().kernelFd();
        this.len = len;
        this.flags = flags;
        this.getting = getting;
        this.whole = whole;
    }

    /** The kernel's fd. */
    int fd() {
        return fd;
    }

    OpenFileDescription description() {
        return description;
    }

    /**
     * Whether the flags let it block. Urgent bytes of a stream and the error queue are never waited
     * for; a datagram socket that knows nothing of either receives as it would without the flag.
     */
    boolean mayBlock() {
        boolean urgent = (flags & MSG_OOB) != 0 && kind().type() == SocketType.SOCK_STREAM;
        boolean error = (flags & MSG_ERRQUEUE) != 0 && !kind().isUnix();
        return (flags & MSG_DONTWAIT) == 0 && !urgent && !error;
    }

    /** Receives what there is. */
    Result once() {
        return take().orElseGet(() -> new Result.Failure(Errno.EAGAIN));
    }

    /** How many bytes wake a call that waits, of which there may be more. */
    int target() {
        boolean unixPeek = isPeek() && kind().isUnix();
        return unixPeek || kind().type() != SocketType.SOCK_STREAM
                ? 1
                : (flags & MSG_WAITALL) != 0 ? len : Math.min(len, lowWater());
    }

    /** Whether the bytes that come are the call's as they come, and not when they are so many. */
    boolean takesAsItComes() {
        return (flags & MSG_WAITALL) != 0;
    }

    /** How many it receives at most. */
    int most() {
        return len;
    }

    /** Receives, waiting for anything. */
    Operation forAnything() {
        return new Plain();
    }

    /** How many bytes there are; -1 on a socket of which the kernel cannot say so. */
    int available() {
        int inq = inq();
        int drained = description.drained().size();
        return inq < 0 && drained == 0 ? inq : Math.max(0, inq) + drained;
    }

    boolean isCallerGone() {
        return on.isCallerGone();
    }

    /** Nobody is there to be answered: what was drained is for those who wait beside this call. */
    Result leave() {
        if (description.drained().size() > 0) {
            description.waits().wakeReceivers();
        }
        return new Result.Failure(Errno.EINTR, "the caller has gone");
    }

    /** Whether what comes with the bytes is asked for, so that they must stay together. */
    boolean isWhole() {
        return whole;
    }

    /**
     * Moves what the kernel has out of its way, in order; false where it has nothing. Where what
     * comes with the bytes is asked for, none that has file descriptors with it.
     */
    boolean drain(int length) {
        synchronized (description.drained()) {
            int queued = inq();
            int room = Math.min(length, whole ? queued : Math.max(SMALL, queued));
            if (room <= 0 || hasRights()) {
                return false;
            }
            if (Getting.recv(kernel, on.lease(), MSG_DONTWAIT).get(room)
                            instanceof Result.Received some
                    && some.returned() > 0) {
                description.drained().append(some.bytes());
                return true;
            }
            return false;
        }
    }

    /** Whether a message with file descriptors is in the queue of a UNIX socket. */
    boolean hasRights() {
        return kind().isUnix() && UnixSockets.rightsQueued(fd) > 0;
    }

    boolean isPeek() {
        return (flags & MSG_PEEK) != 0;
    }

    /** Receives, if the caller is still there; empty where it would block. */
    Optional<Result> take() {
        if (!isPeek() && isCallerGone()) {
            return Optional.of(leave());
        }
        synchronized (description.drained()) {
            return receive(len);
        }
    }

    /** Drained bytes first, then the kernel's; the caller holds the receive lock. */
    Optional<Result> receive(int most) {
        byte[] first = isOutOfBand() ? new byte[0] : description.drained().first(most, isPeek());
        if (first.length == 0) {
            return get(most);
        }
        int more = Math.min(most - first.length, inq());
        if (more <= 0 || !(get(more).orElse(null) instanceof Result.Received rest)) {
            return Optional.of(new Result.Received(first.length, first, Result.Envelope.NONE));
        }
        byte[] all = Arrays.copyOf(first, first.length + rest.bytes().length);
        System.arraycopy(rest.bytes(), 0, all, first.length, rest.bytes().length);
        return Optional.of(new Result.Received(first.length + rest.returned(), all, rest.with()));
    }

    private boolean isOutOfBand() {
        return (flags & (MSG_OOB | MSG_ERRQUEUE)) != 0;
    }

    /**
     * One call of the kernel; empty where it would block. A datagram from a sender that the policy
     * refuses is dropped, and the next one taken.
     */
    private Optional<Result> get(int length) {
        while (true) {
            Result result = getting.get(room(length));
            if (result instanceof Result.Failure(Errno errno, String _)
                    && errno.equals(Errno.EAGAIN)) {
                return Optional.empty();
            }
            if (result instanceof Result.Received && kind().type() == SocketType.SOCK_DGRAM) {
                description.peerWait().wakeFirst();
            }
            if (!(result instanceof Result.Received some) || !isRefused(some.with().name())) {
                return Optional.of(result);
            }
            if (isPeek()) {
                kernel.recv(fd, new byte[0], 0, MSG_DONTWAIT);
            }
        }
    }

    /**
     * Room for what a stream has, where that is less. Of datagrams nobody knows which will be taken
     * and how long it is: one may come meanwhile, and SO_PEEK_OFF leaves some out.
     */
    private int room(int length) {
        if (kind().type() != SocketType.SOCK_STREAM) {
            boolean inet = !kind().isUnix();
            return inet ? Math.min(length, MAX_PACKET) : length;
        }
        if (length <= SMALL) {
            return length;
        }
        int inq = inq();
        return isOutOfBand() || inq < 0 ? length : Math.min(length, Math.max(SMALL, inq));
    }

    private boolean isRefused(@Nullable SocketAddress sender) {
        return (flags & MSG_ERRQUEUE) == 0 && Senders.isRefused(on.session(), kind(), sender);
    }

    private SocketKind kind() {
        return description.kind(kernel, fd);
    }

    private int inq() {
        return kernel.ioctl(fd, Ioctl.SIOCINQ) instanceof Success(long bytes) ? (int) bytes : -1;
    }

    private int lowWater() {
        return IntOption.of(kernel, fd, SocketLevel.SOL_SOCKET, SolSocket.SO_RCVLOWAT, 1);
    }

    /**
     * A call that waits for a datagram ends when receiving is shut down, where one that does not
     * wait says EAGAIN: __skb_wait_for_more_packets of net/core/datagram.c.
     */
    private boolean isShutDown() {
        return kind().type() != SocketType.SOCK_STREAM && on.lease().isReceivingOver(kernel);
    }

    /** Waits for anything. */
    private final class Plain implements Operation {
        @Override
        public Optional<Result> attempt(int events) {
            Optional<Result> result = take();
            boolean over = result.isEmpty() && (isShutDown() || (events != 0 && isOfNothing()));
            return over ? Optional.of(nothing()) : result;
        }

        private Result nothing() {
            return new Result.Received(0, new byte[0], Result.Envelope.NONE);
        }

        /**
         * A recv of no bytes of a TCP stream waits once; whatever then ends its wait, it has all
         * that it asked for: tcp_recvmsg_locked of net/ipv4/tcp.c.
         */
        private boolean isOfNothing() {
            return len == 0 && kind().type() == SocketType.SOCK_STREAM && !kind().isUnix();
        }

        @Override
        public Optional<Result> partial() {
            return isOfNothing() ? Optional.of(nothing()) : Optional.empty();
        }

        @Override
        public int interest() {
            return EPOLLIN;
        }

        @Override
        public Limit limit() {
            return new Limit.Option(SolSocket.SO_RCVTIMEO, Errno.EAGAIN);
        }
    }
}
