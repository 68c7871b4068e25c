package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Result;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.readiness.Wake;
import java.time.Duration;
import java.util.Optional;

/** The rounds of a wait: await, try again. */
final class Rounds {
    /** A peer may also be a program beside the service, of which nothing is heard. */
    private static final long FIRST_PAUSE_NANOS = 10_000_000;

    /** What such a wait of hours may cost. */
    private static final long LAST_PAUSE_NANOS = 100_000_000;

    private Rounds() {}

    /** The moments of {@link System#nanoTime} at which a wait ends. */
    record Deadlines(long patience, long limit) {
        boolean isLimitFirst() {
            return limit - patience <= 0;
        }

        long first() {
            return isLimitFirst() ? limit : patience;
        }
    }

    /**
     * @param watched whether events tell of all that it waits for; else it tries again after pauses
     */
    static Result await(Deadlines deadlines, Operation operation, Waiter waiter, boolean watched) {
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            long deadline = deadlines.first();
            boolean pauses = !watched || operation.isPaused();
            boolean isPause = pauses && System.nanoTime() + pause - deadline < 0;
            switch (waiter.await(isPause ? System.nanoTime() + pause : deadline)) {
                case Wake.Ready(int events) -> {
                    Optional<Result> result = operation.attempt(events);
                    if (result.isPresent()) {
                        return result.get();
                    }
                }
                case Wake.TimedOut() -> {
                    Optional<Result> result = pauses ? operation.attempt(0) : Optional.empty();
                    if (result.isPresent() || !isPause) {
                        return result.orElseGet(() -> timedOut(deadlines, operation));
                    }
                    pause = Math.min(LAST_PAUSE_NANOS, pause * 2);
                }
                case Wake.Closed() -> {
                    return operation.closed();
                }
                case Wake.Interrupted(String because) -> {
                    return ended(operation, Errno.EINTR, because);
                }
            }
        }
    }

    private static Result timedOut(Deadlines deadlines, Operation operation) {
        if (!deadlines.isLimitFirst()) {
            return ended(operation, Errno.EINTR, "the wait is over");
        }
        Optional<Result> last = operation.lastAttempt();
        if (last.isPresent()) {
            return last.get();
        }
        return switch (operation.limit()) {
            case Operation.Limit.Option(int _, Errno errno) ->
                    ended(operation, errno, "the socket's timeout is over");
            case Operation.Limit.Timeout(Optional<Duration> _, Result result) ->
                    operation.partial().orElse(result);
        };
    }

    private static Result ended(Operation operation, Errno errno, String because) {
        return operation.partial().orElseGet(() -> new Result.Failure(errno, because));
    }
}
