package dev.socketlab.session;

import java.util.Arrays;

/**
 * Bytes that had to be taken from the kernel before the call that wants them could be answered,
 * since its receive buffer could not hold them all. They belong to whoever receives next, in the
 * order in which they came. Its monitor is held while they and the kernel's are received together.
 */
public final class Drained {
    private byte[] bytes = new byte[0];

    public synchronized int size() {
        return bytes.length;
    }

    public synchronized void append(byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, bytes.length, more.length);
        bytes = all;
    }

    /** The first of them, at most so many; they stay where {@code peek}. */
    public synchronized byte[] first(int length, boolean peek) {
        byte[] first = Arrays.copyOf(bytes, Math.min(length, bytes.length));
        if (!peek) {
            bytes = Arrays.copyOfRange(bytes, first.length, bytes.length);
        }
        return first;
    }

    synchronized void clear() {
        bytes = new byte[0];
    }
}
