package dev.socketlab.session;

import static dev.socketlab.abi.EpollEvent.EPOLLRDHUP;

import dev.socketlab.readiness.Waiter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits of a session that end when a peer does something, of which no event of their own fd tells.
 * Those that wait for room with a peer try again whenever a call of the session has ended, since
 * that may be what they wait for; a send of a UNIX socket when a UNIX socket of the session was
 * shut down, since it may be its own or its peer.
 */
public final class Peers {
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final Set<Waiter> senders = ConcurrentHashMap.newKeySet();
    private final AtomicInteger shutdowns = new AtomicInteger();

    /** Wakes the waiter whenever a call has ended, until the watch is closed. */
    public Caller.Watch watch(Waiter waiter) {
        waiters.add(waiter);
        return () -> waiters.remove(waiter);
    }

    /** A call of the session has ended. */
    void callEnded() {
        if (!waiters.isEmpty()) {
            waiters.forEach(Waiter::wake);
        }
    }

    /** Wakes the waiter whenever a UNIX socket was shut down, until the watch is closed. */
    public Caller.Watch watchShutdowns(Waiter waiter) {
        senders.add(waiter);
        return () -> senders.remove(waiter);
    }

    /** How often a UNIX socket was shut down: who reads it before a try misses none after it. */
    public int shutdowns() {
        return shutdowns.get();
    }

    /** A UNIX socket of the session was shut down. */
    public void shutDown() {
        shutdowns.incrementAndGet();
        senders.forEach(Peers::shutDown);
    }

    /** Tells a waiter of a shutdown. */
    public static void shutDown(Waiter waiter) {
        waiter.wake(EPOLLRDHUP);
    }
}
