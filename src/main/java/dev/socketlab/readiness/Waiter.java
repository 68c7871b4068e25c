package dev.socketlab.readiness;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread's wait on one fd, for one or several rounds of: try the call, await, try again. Made
 * by {@link Readiness#enqueue}; close it when the call has ended. Readiness that comes between a
 * try and the next {@link #await} is not lost: that await answers at once.
 */
public final class Waiter implements AutoCloseable {
    private final Readiness readiness;
    private final int interest;
    private final Thread thread = Thread.currentThread();
    private int ready;
    private @Nullable Wake ended;

    Waiter(Readiness readiness, int interest) {
        this.readiness = readiness;
        this.interest = interest;
    }

    /** The epoll(7) mask that it waits for. */
    int interest() {
        return interest;
    }

    /**
     * Parks the calling thread, which is the one that made the waiter, until the fd may be ready.
     *
     * @param deadline a moment of {@link System#nanoTime}
     */
    public Wake await(long deadline) {
        while (true) {
            synchronized (this) {
                if (ended != null) {
                    return ended;
                }
                if (ready != 0) {
                    int events = ready;
                    ready = 0;
                    return new Wake.Ready(events);
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return new Wake.TimedOut();
            }
            LockSupport.parkNanos(this, left);
            if (Thread.interrupted()) {
                interrupt("the thread was interrupted");
            }
        }
    }

    /** Ends the wait from outside; this await and every later one answers so. */
    public void interrupt(String because) {
        end(new Wake.Interrupted(because));
    }

    void end(Wake wake) {
        synchronized (this) {
            if (ended == null) {
                ended = wake;
            }
        }
        LockSupport.unpark(thread);
    }

    void ready(int events) {
        synchronized (this) {
            ready |= events;
        }
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        readiness.leave(this);
    }
}
