package dev.socketlab.readiness;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.linux.SyscallException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread's wait on the fds that it joins, for one or several rounds of: try the call, await,
 * try again. Made by {@link Readiness#enqueue} or {@link ReadinessLoop#waiter}; close it when the
 * call has ended. Readiness that comes between a try and the next {@link #await} is not lost: that
 * await answers at once.
 */
public final class Waiter implements AutoCloseable {
    private final ReadinessLoop loop;
    private final Set<Readiness> joined = new LinkedHashSet<>();
    private final Thread thread = Thread.currentThread();
    private int ready;
    private @Nullable Wake ended;

    Waiter(ReadinessLoop loop) {
        this.loop = loop;
    }

    /**
     * Waits for one more fd; by the thread that waits.
     *
     * @param interest an epoll(7) mask; errors and hang-ups are told in any case
     * @throws SyscallException when the kernel does not take the fd into the epoll instance
     */
    public void join(Readiness readiness, int interest) {
        joined.add(readiness);
        readiness.join(this, interest);
    }

    /** Waits for the closing of one more fd, and for nothing that the kernel would tell of it. */
    public void joinUnwatched(Readiness readiness) {
        joined.add(readiness);
        readiness.joinUnwatched(this);
    }

    /** It waits from now on, and ends when all waits are ended. */
    public void begin() {
        loop.began(this);
    }

    /** Has it try again, for a reason that the kernel does not know. */
    public void wake() {
        wake(EpollEvent.EPOLLIN | EpollEvent.EPOLLOUT);
    }

    /** As {@link #wake()}, with the epoll(7) mask that tells the reason. */
    public void wake(int events) {
        ready(events);
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
        loop.ended(this);
        joined.forEach(readiness -> readiness.leave(this));
    }
}
