package dev.socketlab.syscall;

import static dev.socketlab.abi.EpollEvent.EPOLLIN;
import static dev.socketlab.abi.EpollEvent.EPOLLRDHUP;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.UnixDiag;
import dev.socketlab.place.StrayException;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Peers;
import java.util.Optional;

/**
 * A blocking send on a UNIX socket, unix(7). A shutdown of either end ends it, of which epoll tells
 * nothing, since it makes no room: the session's own shutdown calls do. And an error of the socket
 * is the call's that waits, where a new call would leave it, sock_alloc_send_pskb of
 * net/core/sock.c.
 */
final class UnixSending implements Operation {
    private static final int UNKNOWN = -1;

    private final Kernel kernel;
    private final Descriptor.Lease lease;
    private final Peers peers;
    private final Sending sending;
    private final int shutdowns;
    private boolean waited;
    private int ownShutdowns;
    private int shutBefore;

    /**
     * Whether a datagram waits for room with its receiver, which nothing ends that happens to the
     * sender: unix_wait_for_peer of net/unix/af_unix.c.
     */
    private boolean isForItsPeer;

    UnixSending(Kernel kernel, LeasedCall on, Sending sending) {
        this.kernel = kernel;
        this.lease = on.lease();
        this.peers = on.session().resources().peers();
        this.sending = sending;
        this.shutdowns = peers.shutdowns();
    }

    @Override
    public Optional<Result> attempt(int events) {
        if (waited && isForItsPeer && (events & ~(EPOLLRDHUP | EPOLLIN)) == 0) {
            return Optional.empty();
        }
        if (waited && !isDatagram() && events == EPOLLRDHUP && !isShutFurther()) {
            return Optional.empty(); // a socket of others was
        }
        Optional<Result> result = sending.attempt(events);
        isForItsPeer =
                result.isEmpty() && isDatagram() && SendMemory.isLeft(kernel, lease.kernelFd());
        if (waited && result.isPresent() && isStream()) {
            return result.map(this::withError);
        }
        return result;
    }

    private boolean isStream() {
        return lease.kind(kernel).type() == SocketType.SOCK_STREAM;
    }

    /** Whether it was shut down since it was asked the last time, by itself or by its peer. */
    private boolean isShutFurther() {
        int own = lease.description().attempts().shutdowns();
        int shut = shutDown();
        boolean further = own != ownShutdowns || shut != shutBefore || shut == UNKNOWN;
        ownShutdowns = own;
        shutBefore = shut;
        return further;
    }

    private int shutDown() {
        try {
            return lease.description()
                    .host()
                    .sockDiag()
                    .unix(kernel, lease.kernelFd())
                    .map(UnixDiag::shutdown)
                    .orElse(UNKNOWN);
        } catch (SyscallException | StrayException _) {
            return UNKNOWN;
        }
    }

    private boolean isDatagram() {
        return lease.kind(kernel).type() == SocketType.SOCK_DGRAM;
    }

    /** A part that was sent is the answer all the same, and the error is gone with it. */
    private Result withError(Result result) {
        boolean broken =
                result instanceof Result.Failure(Errno errno, String _)
                        && errno.equals(Errno.EPIPE);
        if (!broken && !sending.isPart()) {
            return result;
        }
        Errno error = SocketError.take(kernel, lease.kernelFd(), Errno.EPIPE);
        return broken ? new Result.Failure(error) : result;
    }

    @Override
    public Caller.Watch begin(Waiter waiter) {
        waited = true;
        boolean hearsPeer = !isDatagram();
        if (hearsPeer) {
            isShutFurther();
        }
        Caller.Watch watch = peers.watchShutdowns(waiter, lease.description(), hearsPeer);
        if (peers.shutdowns() != shutdowns) {
            shutBefore = UNKNOWN;
            Peers.shutDown(waiter);
        }
        return watch;
    }

    /** Whatever wakes the socket has a wait for memory look again, so what it receives too. */
    @Override
    public int interest() {
        return sending.interest() | EPOLLIN;
    }

    @Override
    public Limit limit() {
        return sending.limit();
    }

    /** A datagram is judged once more, unix_dgram_sendmsg of net/unix/af_unix.c. */
    @Override
    public Optional<Result> lastAttempt() {
        return isStream() ? Optional.empty() : sending.attempt(0);
    }

    @Override
    public Optional<Result> partial() {
        return sending.partial();
    }
}
