package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.ReadinessLoop;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.CallObserver;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.LimitException.Limit;
import dev.socketlab.session.Session;
import dev.socketlab.session.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Blocking, as the kernel's would be, on fds that never block: try, wait until the fd is ready, try
 * again. The wait ends with the caller's patience (EINTR), with SO_RCVTIMEO or SO_SNDTIMEO, with
 * the fd (EBADF), and when the caller goes away.
 */
final class Blocking {
    private final Kernel kernel;
    private final ReadinessLoop loop;
    private final CallObserver observer;
    private final Semaphore serviceWaits;
    private final int maxServiceWaits;

    Blocking(Kernel kernel, ReadinessLoop loop, CallObserver observer, int maxServiceWaits) {
        this.kernel = kernel;
        this.loop = loop;
        this.observer = observer;
        this.maxServiceWaits = maxServiceWaits;
        this.serviceWaits = new Semaphore(maxServiceWaits);
    }

    /** The right to wait, one of the session's and one of the service's. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** How many calls of all sessions wait now. */
    int waiting() {
        return maxServiceWaits - serviceWaits.availablePermits();
    }

    /**
     * Takes the right to wait.
     *
     * @throws LimitException when the session or the service has none left
     */
    Permit permit(Invocation invocation) {
        Session session = invocation.session();
        if (!session.resources().waits().tryAcquire()) {
            throw new LimitException(Limit.SESSION_WAITS, session.resources().maxWaits());
        }
        if (!serviceWaits.tryAcquire()) {
            session.resources().waits().release();
            throw new LimitException(Limit.SERVICE_WAITS, maxServiceWaits);
        }
        observer.waitBegan(invocation);
        return () -> {
            observer.waitEnded(invocation);
            serviceWaits.release();
            session.resources().waits().release();
        };
    }

    /** What a wait is for. */
    record Interest(Descriptor.Lease lease, int mask) {}

    /**
     * Makes a call on a descriptor that may block.
     *
     * @throws LimitException when it would have to wait and may not; it has done nothing then
     */
    Result run(LeasedCall on, Operation operation) {
        List<Interest> one = List.of(new Interest(on.lease(), operation.interest()));
        return run(on.invocation(), one, operation);
    }

    /**
     * Makes a call on several descriptors that may block.
     *
     * @throws LimitException when it would have to wait and may not; it has done nothing then
     */
    Result run(Invocation invocation, List<Interest> interests, Operation operation) {
        if (operation.alwaysWaits()) {
            try (Permit _ = permit(invocation)) {
                return operation
                        .attempt(0)
                        .orElseGet(() -> block(invocation, interests, operation));
            }
        }
        Optional<Result> result = operation.attempt(0);
        if (result.isPresent()) {
            return result.get();
        }
        try (Permit _ = permit(invocation)) {
            return block(invocation, interests, operation);
        } catch (LimitException | SyscallException e) {
            return operation.partial().orElseThrow(() -> e);
        }
    }

    private Result block(Invocation invocation, List<Interest> interests, Operation operation) {
        Session session = invocation.session();
        Caller caller = invocation.caller();
        Waiting waiting = new Waiting(invocation.call().name(), Instant.now());
        try (Waiter waiter = loop.waiter();
                Caller.Watch _ =
                        caller.presence().onGone(() -> waiter.interrupt("the caller has gone"));
                Caller.Watch _ = onSessionEnd(session, interests, waiter);
                Caller.Watch _ = operation.begin(waiter)) {
            boolean watched = true;
            for (Interest one : interests) {
                watched &= join(waiter, one);
            }
            interests.forEach(one -> one.lease().description().waits().began(waiter, waiting));
            waiter.begin();
            try {
                return Rounds.await(
                        deadlines(interests, operation, caller), operation, waiter, watched);
            } finally {
                interests.forEach(one -> one.lease().description().waits().ended(waiter));
            }
        }
    }

    /**
     * An epoll instance that waits for others as deep, or by as many ways, as the kernel lets it,
     * cannot be waited for by one more, epoll_ctl(2).
     */
    private static boolean join(Waiter waiter, Interest one) {
        try {
            waiter.join(one.lease().readiness(), one.mask());
            return true;
        } catch (SyscallException e) {
            boolean nested = e.errno().equals(Errno.ELOOP) || e.errno().equals(Errno.EINVAL);
            if (nested && one.lease().description().epoll().isPresent()) {
                waiter.joinUnwatched(one.lease().readiness());
                return false;
            }
            throw e;
        }
    }

    /** Where there is a descriptor, its closing ends the wait. */
    private static Caller.Watch onSessionEnd(
            Session session, List<Interest> interests, Waiter waiter) {
        return interests.isEmpty()
                ? session.onEnd(() -> waiter.interrupt("the session has ended"))
                : () -> {};
    }

    private Rounds.Deadlines deadlines(
            List<Interest> interests, Operation operation, Caller caller) {
        long now = System.nanoTime();
        Optional<Duration> limit =
                switch (operation.limit()) {
                    case Operation.Limit.Option(int optname, Errno _) ->
                            timeout(interests.getFirst().lease(), optname);
                    case Operation.Limit.Timeout(Optional<Duration> time, Result _) -> time;
                };
        return new Rounds.Deadlines(
                now + caller.patience().toNanos(),
                now + limit.map(Blocking::nanos).orElse(Long.MAX_VALUE / 2));
    }

    /** What SO_RCVTIMEO or SO_SNDTIMEO is set to; empty for none. */
    private Optional<Duration> timeout(Descriptor.Lease lease, int optname) {
        if (lease.description().negativeTimeouts().has(optname == SolSocket.SO_RCVTIMEO)) {
            return Optional.of(Duration.ZERO);
        }
        OutBuffer optval = new OutBuffer(OptionForm.TIMEVAL.optlen());
        boolean read =
                kernel.getsockopt(lease.kernelFd(), SocketLevel.SOL_SOCKET, optname, optval)
                        instanceof Success;
        return read
                        && OptionValue.parse(OptionForm.TIMEVAL, optval.bytes())
                                instanceof OptionValue.Struct timeval
                ? Optional.of(duration(timeval)).filter(Duration::isPositive)
                : Optional.empty();
    }

    private static Duration duration(OptionValue.Struct timeval) {
        return Duration.ofSeconds(timeval.number("tv_sec"))
                .plusNanos(timeval.number("tv_usec") * 1000);
    }

    /** Bounded, so that adding it to the clock does not wrap. */
    private static long nanos(Duration duration) {
        return duration.toDays() > 365 ? Duration.ofDays(365).toNanos() : duration.toNanos();
    }
}
