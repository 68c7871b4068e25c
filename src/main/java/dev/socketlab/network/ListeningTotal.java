package dev.socketlab.network;

import dev.socketlab.linux.Netstat;

/**
 * What the kernel has counted of listeners in the namespaces of all sessions, those that have ended
 * too: it never becomes less.
 */
public final class ListeningTotal {
    private Netstat.Listening sum = Netstat.Listening.NOTHING;

    synchronized void add(Netstat.Listening more) {
        sum = sum.plus(more);
    }

    /** The sum as of when each namespace was last read. */
    public synchronized Netstat.Listening sum() {
        return sum;
    }
}
