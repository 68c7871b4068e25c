package dev.socketlab.network;

import dev.socketlab.linux.SockDiag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The requests for connections on a host, RFC 9293's SYN-RECEIVED before there is a socket. The
 * kernel keeps those of a listener that was closed until their timers run out, some seconds later,
 * and does not say whose they were; so it is noted here, before a listener is closed.
 */
public final class Requests {
    private static final int ANY = 0;

    private final Supplier<SockDiag> sockDiag;
    private final Map<Long, Abandoned> abandoned = new HashMap<>();

    /**
     * A request that a closed listener has left.
     *
     * @param inode that listener's
     * @param perhaps whether it may also be another listener's, with which that one shared the port
     */
    private record Abandoned(int port, long inode, boolean perhaps) {}

    Requests(Supplier<SockDiag> sockDiag) {
        this.sockDiag = sockDiag;
    }

    /** The SYN queues of the listeners on a local port; on all of them for port 0. */
    public SynQueues queues(int port) {
        return queues(sockDiag.get().list(SynQueues.STATES, port), port);
    }

    /**
     * The SYN queues of all listeners, from a list that is there already.
     *
     * @param listed the host's sockets in {@link SynQueues#STATES} at least
     */
    public SynQueues queues(List<SockDiag.Tcp> listed) {
        return queues(listed, ANY);
    }

    private synchronized SynQueues queues(List<SockDiag.Tcp> listed, int port) {
        Set<Long> there = new HashSet<>();
        listed.forEach(one -> there.add(one.cookie()));
        abandoned
                .entrySet()
                .removeIf(one ->
                        (port == ANY || port == one.getValue().port())
                                && !there.contains(one.getKey()));
        Set<Long> nobodys = new HashSet<>();
        Set<Long> unclear = new HashSet<>();
        abandoned.forEach((cookie, one) -> (one.perhaps() ? unclear : nobodys).add(cookie));
        return new SynQueues(listed, nobodys, unclear);
    }

    /**
     * A listener is about to be closed, or to listen no more: its requests are nobody's from now
     * on.
     *
     * @param port its local port
     * @param inode its inode
     */
    public void abandon(int port, long inode) {
        SynQueues queues = queues(port);
        synchronized (this) {
            for (long cookie : queues.own(inode)) {
                abandoned.put(cookie, new Abandoned(port, inode, false));
            }
            for (long cookie : queues.perhaps(inode)) {
                abandoned.put(cookie, new Abandoned(port, inode, true));
            }
        }
    }

    /** A socket listens again: what it has left when it stopped is its own again. */
    public synchronized void reclaim(long inode) {
        abandoned.values().removeIf(one -> one.inode() == inode);
    }
}
