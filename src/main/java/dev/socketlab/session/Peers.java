package dev.socketlab.session;

import static dev.socketlab.abi.EpollEvent.EPOLLRDHUP;

import dev.socketlab.readiness.Waiter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends of a session's UNIX sockets that wait, and what ends them with no event of their own fd: a
 * shutdown of their socket or, on streams and seqpackets, of its peer, unix_shutdown of
 * net/unix/af_unix.c.
 */
public final class Peers {
    private final Set<Sender> senders = ConcurrentHashMap.newKeySet();
    private final AtomicInteger shutdowns = new AtomicInteger();

    private record Sender(Waiter waiter, OpenFileDescription socket, boolean hearsPeer) {
        boolean hears(OpenFileDescription shut) {
            return hearsPeer || socket == shut;
        }
    }

    /**
     * Wakes the waiter whenever its socket was shut down, until the watch is closed.
     *
     * @param hearsPeer whether another UNIX socket may be its peer, so that it is woken for each
     */
    public Caller.Watch watchShutdowns(
            Waiter waiter, OpenFileDescription socket, boolean hearsPeer) {
        Sender sender = new Sender(waiter, socket, hearsPeer);
        senders.add(sender);
        return () -> senders.remove(sender);
    }

    /** How often a UNIX socket was shut down: who reads it before a try misses none after it. */
    public int shutdowns() {
        return shutdowns.get();
    }

    /** A UNIX socket of the session was shut down. */
    public void shutDown(OpenFileDescription socket) {
        shutdowns.incrementAndGet();
        for (Sender sender : senders) {
            if (sender.hears(socket)) {
                shutDown(sender.waiter());
            }
        }
    }

    /** Tells a waiter of a shutdown. */
    public static void shutDown(Waiter waiter) {
        waiter.wake(EPOLLRDHUP);
    }
}
