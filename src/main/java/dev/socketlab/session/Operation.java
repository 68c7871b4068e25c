package dev.socketlab.session;

import dev.socketlab.call.Result;
import dev.socketlab.linux.Errno;
import java.util.Optional;

/** A call that may block: how it is tried, and what it answers when its wait ends instead. */
interface Operation {
    /**
     * Tries the call once, without blocking.
     *
     * @param events what woke the wait, an epoll(7) mask; 0 before there was one
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

    /** SO_RCVTIMEO or SO_SNDTIMEO: the option that bounds the wait. */
    int timeout();

    /** The errno when that option's time is over. */
    default Errno timedOut() {
        return Errno.EAGAIN;
    }

    /** What to answer, whatever ended the wait, when part of the work is done; empty for none. */
    default Optional<Result> partial() {
        return Optional.empty();
    }
}
