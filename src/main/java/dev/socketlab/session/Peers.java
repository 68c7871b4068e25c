package dev.socketlab.session;

import static dev.socketlab.abi.EpollEvent.EPOLLRDHUP;

import dev.socketlab.readiness.Waiter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends of a session's UNIX sockets that wait, and what ends them with no event of their own fd: a
 * shutdown of a UNIX socket of the session, which may be their own or their peer.
 */
public final class Peers {
    private final Set<Waiter> senders = ConcurrentHashMap.newKeySet();
    private final AtomicInteger shutdowns = new AtomicInteger();

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
