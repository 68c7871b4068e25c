package dev.socketlab.session;

import dev.socketlab.readiness.Waiter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits of a session that end when a peer does something, of which no event of their own fd tells.
 * They try again whenever a call of the session has ended, since that may be what they wait for.
 */
final class Peers {
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();

    /** Wakes the waiter whenever a call has ended, until the watch is closed. */
    Caller.Watch watch(Waiter waiter) {
        waiters.add(waiter);
        return () -> waiters.remove(waiter);
    }

    /** A call of the session has ended. */
    void callEnded() {
        if (!waiters.isEmpty()) {
            waiters.forEach(Waiter::wake);
        }
    }
}
