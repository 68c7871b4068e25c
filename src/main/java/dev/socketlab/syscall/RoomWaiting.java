package dev.socketlab.syscall;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.Caller;
import dev.socketlab.session.PeerWait;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that waits for room with the UNIX socket it names: a datagram to one whose queue is full,
 * a connect to a listener whose backlog is. It is judged again only when it is woken, by what wakes
 * it in the kernel, or when SO_SNDTIMEO is over: unix_wait_for_peer of net/unix/af_unix.c. Nothing
 * is heard of a socket that the session does not have open; then it tries again after pauses.
 *
 * <p>A datagram may have to wait for its sender's memory before, sock_alloc_send_pskb of
 * net/core/sock.c, of which epoll tells, and which a shutdown of the sender ends.
 */
final class RoomWaiting implements Operation {
    private final Kernel kernel;
    private final LeasedCall on;
    private final SocketAddress.Unix peer;
    private final Operation call;
    private PeerWait.@Nullable Turn turn;
    private Optional<Result> early = Optional.empty();
    private boolean forMemory;

    /**
     * @param call what is tried
     */
    RoomWaiting(Kernel kernel, LeasedCall on, SocketAddress.Unix peer, Operation call) {
        this.kernel = kernel;
        this.on = on;
        this.peer = peer;
        this.call = call;
    }

    @Override
    public Optional<Result> attempt(int events) {
        PeerWait.Turn own = turn;
        if (own == null) {
            return call.attempt(events);
        }
        if (early.isPresent()) {
            return early;
        }
        if (own.isWoken() || (forMemory && events != 0)) {
            return judge(own);
        }
        return events == 0 && isPaused()
                ? call.attempt(0).filter(RoomWaiting::isUnhindered)
                : early;
    }

    /** What refuses a new call, and leaves one that waits. */
    private static boolean isUnhindered(Result result) {
        return !(result instanceof Result.Failure(Errno errno, String _)
                && (errno.equals(Errno.EPIPE) || errno.equals(Errno.EPERM)));
    }

    private Optional<Result> judge(PeerWait.Turn own) {
        forMemory = isDatagram() && !SendMemory.isLeft(kernel, on.lease().kernelFd());
        if (forMemory) {
            own.leave();
        } else {
            own.join();
        }
        return call.attempt(0);
    }

    private boolean isDatagram() {
        return on.lease().kind(kernel).type() == SocketType.SOCK_DGRAM;
    }

    /** It is tried once more, since what it waits for may have come before it had its place. */
    @Override
    public Caller.Watch begin(Waiter waiter) {
        PeerWait.Turn own =
                new PeerWait.Turn(new NamedSockets(kernel, on).descriptions(peer), waiter);
        turn = own;
        Caller.Watch shutdowns =
                on.session()
                        .resources()
                        .peers()
                        .watchShutdowns(waiter, on.lease().description(), false);
        early = judge(own);
        if (early.isPresent()) {
            waiter.wake();
        }
        return () -> {
            shutdowns.close();
            own.close();
        };
    }

    @Override
    public boolean isPaused() {
        PeerWait.Turn own = turn;
        return own != null && !forMemory && !own.isTold();
    }

    @Override
    public Optional<Result> lastAttempt() {
        return call.attempt(0);
    }

    /** A try that is refused frees what it had made ready, which the kernel reports as room. */
    @Override
    public int interest() {
        return isDatagram() ? EpollEvent.EPOLLOUT : 0;
    }

    @Override
    public Limit limit() {
        return call.limit();
    }
}
