package dev.socketlab.session;

/** What has become of attempts at a connection, for those who wait for one. */
public final class Attempts {
    private int disconnects;
    private int shutdowns;

    /** A connection, or the attempt at one, was dissolved: the kernel's sk_disconnects. */
    synchronized void dissolved() {
        disconnects++;
    }

    /** How many were dissolved. */
    public synchronized int disconnects() {
        return disconnects;
    }

    /** A direction was shut down. */
    public synchronized void shutDown() {
        shutdowns++;
    }

    /** How often one was shut down. */
    public synchronized int shutdowns() {
        return shutdowns;
    }
}
