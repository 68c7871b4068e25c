package dev.socketlab.session;

import dev.socketlab.call.Result;

/**
 * Sees the calls of all sessions as they are made, each on its own thread: what it does there is
 * time that the call takes. Each that has begun has ended, or was refused, once.
 */
public interface CallObserver {
    /** Sees nothing. */
    CallObserver NONE = new CallObserver() {};

    /** A call begins. */
    default void began(Invocation invocation) {}

    /**
     * A call has its result.
     *
     * @param nanos how long it took
     */
    default void ended(Invocation invocation, Result result, long nanos) {}

    /** A call has none: policy, a limit or something missing is in its way. */
    default void refused(Invocation invocation, Throwable because) {}

    /** A call takes the right to wait. */
    default void waitBegan(Invocation invocation) {}

    /** A call gives it back. */
    default void waitEnded(Invocation invocation) {}
}
