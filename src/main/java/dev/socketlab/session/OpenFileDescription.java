package dev.socketlab.session;

import java.util.Arrays;

/**
 * What descriptors that were duplicated share, open(2): the status flag O_NONBLOCK as the session
 * sees it (underneath every fd has it), how many descriptors there are, and what calls have to know
 * of one another.
 */
final class OpenFileDescription {
    private volatile boolean nonblocking;
    private int descriptors;
    private int disconnects;
    private int shutdowns;
    private byte[] unread = new byte[0];

    OpenFileDescription(boolean nonblocking) {
        this.nonblocking = nonblocking;
    }

    boolean isNonblocking() {
        return nonblocking;
    }

    void setNonblocking(boolean value) {
        nonblocking = value;
    }

    synchronized void opened() {
        descriptors++;
    }

    /** One descriptor fewer; answers whether it was the last. */
    synchronized boolean closed() {
        descriptors--;
        return descriptors == 0;
    }

    /** A connection, or the attempt at one, was dissolved: the kernel's sk_disconnects. */
    synchronized void disconnected() {
        disconnects++;
    }

    synchronized int disconnects() {
        return disconnects;
    }

    synchronized void shutDown() {
        shutdowns++;
    }

    synchronized int shutdowns() {
        return shutdowns;
    }

    /**
     * Puts bytes back that a call had taken piece by piece when its caller went away; the next call
     * that receives gets them first.
     */
    synchronized void putBack(byte[] bytes) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + unread.length);
        System.arraycopy(unread, 0, all, bytes.length, unread.length);
        unread = all;
    }

    /** Bytes that were put back, at most so many; they stay where {@code peek}. */
    synchronized byte[] unread(int length, boolean peek) {
        byte[] first = Arrays.copyOf(unread, Math.min(length, unread.length));
        if (!peek) {
            unread = Arrays.copyOfRange(unread, first.length, unread.length);
        }
        return first;
    }
}
