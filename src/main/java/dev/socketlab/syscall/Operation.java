package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Result;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.Caller;
import java.time.Duration;
import java.util.Optional;

/** A call that may block: how it is tried, and what it answers when its wait ends instead. */
interface Operation {
    /**
     * Tries the call once, without blocking.
     *
     * @param events what woke the wait, an epoll(7) mask; 0 before there was one, and after a pause
     * @return the call's result; empty where it would block
     */
    Optional<Result> attempt(int events);

    /**
     * Whether it waits even when all goes well, so that the right to wait is taken before anything
     * is done.
     */
    default boolean alwaysWaits() {
        return false;
    }

    /** EPOLLIN or EPOLLOUT: what it waits for. */
    int interest();

    /** What bounds the wait, beside the caller's patience. */
    Limit limit();

    /** What bounds a wait. */
    sealed interface Limit {
        /**
         * SO_RCVTIMEO or SO_SNDTIMEO of the socket.
         *
         * @param errno the call's when that time is over
         */
        record Option(int optname, Errno errno) implements Limit {}

        /**
         * The call's own parameter.
         *
         * @param time empty for ever
         * @param result the call's when it is over
         */
        record Timeout(Optional<Duration> time, Result result) implements Limit {}
    }

    /** The wait begins; what is answered is closed when it has ended. */
    default Caller.Watch begin(Waiter waiter) {
        return () -> {};
    }

    /** What to answer, whatever ended the wait, when part of the work is done; empty for none. */
    default Optional<Result> partial() {
        return Optional.empty();
    }

    /** The answer when a descriptor was closed meanwhile. */
    default Result closed() {
        return partial()
                .orElseGet(() -> new Result.Failure(Errno.EBADF, "closed while the call waited"));
    }

    /** Whether it is tried after pauses too, with no events, since no event may tell when. */
    default boolean isPaused() {
        return false;
    }

    /** A last try when the socket's timeout is over, where the kernel makes one. */
    default Optional<Result> lastAttempt() {
        return Optional.empty();
    }
}
