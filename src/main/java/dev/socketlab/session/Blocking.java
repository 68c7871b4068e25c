package dev.socketlab.session;

import dev.socketlab.call.Call;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.readiness.Wake;
import dev.socketlab.session.LimitException.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Blocking, as the kernel's would be, on fds that never block: try, wait until the fd is ready, try
 * again. The wait ends with the caller's patience (EINTR), with SO_RCVTIMEO or SO_SNDTIMEO, with
 * the fd (EBADF), and when the caller goes away.
 */
final class Blocking {
    private final Kernel kernel;
    private final CallObserver observer;
    private final Semaphore serviceWaits;
    private final int maxServiceWaits;

    Blocking(Kernel kernel, CallObserver observer, int maxServiceWaits) {
        this.kernel = kernel;
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
    Permit permit(Session session, Call call) {
        if (!session.waits().tryAcquire()) {
            throw new LimitException(
                    Limit.SESSION_WAITS,
                    "The session has "
                            + session.maxWaits()
                            + " calls waiting, as many as it may (socketlab.session.max-waits).");
        }
        if (!serviceWaits.tryAcquire()) {
            session.waits().release();
            throw new LimitException(
                    Limit.SERVICE_WAITS,
                    "The service has "
                            + maxServiceWaits
                            + " calls waiting, as many as it may"
                            + " (socketlab.session.max-service-waits).");
        }
        observer.waitBegan(call);
        return () -> {
            observer.waitEnded(call);
            serviceWaits.release();
            session.waits().release();
        };
    }

    /**
     * Makes a call that may block.
     *
     * @throws LimitException when it would have to wait and may not; it has done nothing then
     */
    Result run(
            Session session,
            Descriptor.Lease lease,
            Call call,
            Operation operation,
            Caller caller) {
        if (operation.alwaysWaits()) {
            try (Permit _ = permit(session, call)) {
                return operation.attempt(0).orElseGet(() -> block(lease, call, operation, caller));
            }
        }
        Optional<Result> result = operation.attempt(0);
        if (result.isPresent()) {
            return result.get();
        }
        try (Permit _ = permit(session, call)) {
            return block(lease, call, operation, caller);
        } catch (LimitException | SyscallException e) {
            return operation.partial().orElseThrow(() -> e);
        }
    }

    private Result block(Descriptor.Lease lease, Call call, Operation operation, Caller caller) {
        try (Waiter waiter = lease.readiness().enqueue(operation.interest());
                Caller.Watch _ =
                        caller.presence().onGone(() -> waiter.interrupt("the caller has gone"))) {
            lease.description().waitBegan(waiter, new Waiting(call.name(), Instant.now()));
            try {
                return await(lease, operation, caller, waiter);
            } finally {
                lease.description().waitEnded(waiter);
            }
        }
    }

    private Result await(
            Descriptor.Lease lease, Operation operation, Caller caller, Waiter waiter) {
        long now = System.nanoTime();
        long patience = now + caller.patience().toNanos();
        Optional<Duration> option = timeout(lease.kernelFd(), operation.timeout());
        long timeout = now + option.map(Blocking::nanos).orElse(Long.MAX_VALUE / 2);
        boolean optionFirst = timeout - patience <= 0;
        while (true) {
            switch (waiter.await(optionFirst ? timeout : patience)) {
                case Wake.Ready(int events) -> {
                    Optional<Result> result = operation.attempt(events);
                    if (result.isPresent()) {
                        return result.get();
                    }
                }
                case Wake.TimedOut() -> {
                    return optionFirst
                            ? ended(operation, operation.timedOut(), "the socket's timeout is over")
                            : ended(operation, Errno.EINTR, "the wait is over");
                }
                case Wake.Closed() -> {
                    return ended(operation, Errno.EBADF, "closed while the call waited");
                }
                case Wake.Interrupted(String because) -> {
                    return ended(operation, Errno.EINTR, because);
                }
            }
        }
    }

    private static Result ended(Operation operation, Errno errno, String because) {
        return operation.partial().orElseGet(() -> new Result.Failure(errno, because));
    }

    /** What SO_RCVTIMEO or SO_SNDTIMEO is set to; empty for none. */
    private Optional<Duration> timeout(int kernelFd, int optname) {
        OutBuffer optval = new OutBuffer(OptionForm.TIMEVAL.optlen());
        boolean read =
                kernel.getsockopt(kernelFd, SocketLevel.SOL_SOCKET, optname, optval)
                        instanceof Success;
        return read
                        && OptionValue.parse(OptionForm.TIMEVAL, optval.bytes())
                                instanceof OptionValue.Timeval(long sec, long usec)
                        && (sec != 0 || usec != 0)
                ? Optional.of(Duration.ofSeconds(sec).plusNanos(usec * 1000))
                : Optional.empty();
    }

    /** Bounded, so that adding it to the clock does not wrap. */
    private static long nanos(Duration duration) {
        return duration.toDays() > 365 ? Duration.ofDays(365).toNanos() : duration.toNanos();
    }
}
