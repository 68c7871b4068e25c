package dev.socketlab.session;

import dev.socketlab.readiness.Waiter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for room with a UNIX socket, in the order in which they came: a datagram to a
 * socket whose queue is full, a connect to a listener whose backlog is. The kernel's peer_wait, of
 * which it tells nobody else: unix_wait_for_peer of net/unix/af_unix.c.
 */
public final class PeerWait {
    private final Deque<Turn> turns = new ArrayDeque<>();

    /** A message was received or looked at, or a connection accepted: the first tries again. */
    public void wakeFirst() {
        boolean woken = false;
        Turn first = poll();
        while (first != null && !woken) {
            woken = first.wake(this);
            first = woken ? null : poll();
        }
    }

    /** The queue was emptied, the backlog has grown, or the socket is gone: all try again. */
    public void wakeAll() {
        List<Turn> all;
        synchronized (this) {
            all = List.copyOf(turns);
            turns.clear();
        }
        all.forEach(turn -> turn.wake(this));
    }

    /** The session has closed it, and it is in flight: what becomes of it is not told any more. */
    void closed() {
        List<Turn> all;
        synchronized (this) {
            all = List.copyOf(turns);
        }
        all.forEach(turn -> turn.waiter.wake());
    }

    private synchronized @Nullable Turn poll() {
        return turns.poll();
    }

    private synchronized void add(Turn turn) {
        turns.add(turn);
    }

    private synchronized void remove(Turn turn) {
        turns.remove(turn);
    }

    /** A call's turn, with each of the sockets that may be the one it waits for. */
    public static final class Turn implements Caller.Watch {
        private final List<OpenFileDescription> peers;
        private final Waiter waiter;
        private @Nullable PeerWait wokenBy;

        public Turn(List<OpenFileDescription> peers, Waiter waiter) {
            this.peers = peers;
            this.waiter = waiter;
        }

        /**
         * Takes the last place, before the call is tried: a wake that comes after that is another.
         */
        public void join() {
            leave();
            synchronized (this) {
                wokenBy = null;
            }
            peers.forEach(peer -> peer.peerWait().add(this));
        }

        /** Takes no place. */
        public void leave() {
            peers.forEach(peer -> peer.peerWait().remove(this));
        }

        /** Whether it was woken since it took its place. */
        public synchronized boolean isWoken() {
            return wokenBy != null;
        }

        /** Whether what the session does with the socket is all that can happen to it. */
        public boolean isTold() {
            return peers.stream().anyMatch(OpenFileDescription::isOpen);
        }

        private boolean wake(PeerWait by) {
            synchronized (this) {
                if (wokenBy != null) {
                    return false;
                }
                wokenBy = by;
            }
            waiter.wake();
            return true;
        }

        /** It waits no more; the next has a wake of which no use was made. */
        @Override
        public void close() {
            leave();
            PeerWait unused;
            synchronized (this) {
                unused = wokenBy;
            }
            if (unused != null) {
                unused.wakeFirst();
            }
        }
    }
}
