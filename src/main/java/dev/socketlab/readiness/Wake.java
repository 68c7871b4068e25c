package dev.socketlab.readiness;

/** Why a wait ended. */
public sealed interface Wake {
    /**
     * The fd may be ready: try the call again, it may still not be.
     *
     * @param events the epoll(7) mask, gathered since the last wake
     */
    record Ready(int events) implements Wake {}

    /** The deadline has passed. */
    record TimedOut() implements Wake {}

    /** The fd is closing. */
    record Closed() implements Wake {}

    /** Somebody ended this wait, or the loop itself is ending. */
    record Interrupted(String because) implements Wake {}
}
