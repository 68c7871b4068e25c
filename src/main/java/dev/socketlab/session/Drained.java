package dev.socketlab.session;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bytes that had to be taken from the kernel before the call that wants them could be answered,
 * since its receive buffer could not hold them all. They belong to whoever receives next, in the
 * order in which they came. Its monitor is held while they and the kernel's are received together,
 * and file descriptors that came with those are opened.
 */
public final class Drained {
    private static final byte[] NONE = {};

    private final AtomicInteger connection = new AtomicInteger();
    private final Set<Claim> claims = new LinkedHashSet<>();
    private byte[] bytes = NONE;
    private int received;

    /** A call that waits for more than has come. */
    public interface Claim {
        /** Takes what is the call's by now. */
        void keep();
    }

    public synchronized void add(Claim claim) {
        claims.add(claim);
    }

    public synchronized void remove(Claim claim) {
        claims.remove(claim);
    }

    /** The connection is about to be dissolved: those who wait have what has come for them. */
    public synchronized void settle() {
        claims.forEach(Claim::keep);
    }

    public synchronized int size() {
        forgetOthers();
        return bytes.length;
    }

    public synchronized void append(byte[] more) {
        forgetOthers();
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, bytes.length, more.length);
        bytes = all;
    }

    /** The first of them, at most so many; they stay where {@code peek}. */
    public synchronized byte[] first(int length, boolean peek) {
        forgetOthers();
        byte[] first = Arrays.copyOf(bytes, Math.min(length, bytes.length));
        if (!peek) {
            bytes = Arrays.copyOfRange(bytes, first.length, bytes.length);
        }
        return first;
    }

    /**
     * Forgets them: their connection is over. It takes no monitor, since it is called under the
     * description's, which is taken under this one when a file descriptor is opened.
     */
    void clear() {
        connection.incrementAndGet();
    }

    private void forgetOthers() {
        int now = connection.get();
        if (received != now) {
            received = now;
            bytes = NONE;
        }
    }
}
