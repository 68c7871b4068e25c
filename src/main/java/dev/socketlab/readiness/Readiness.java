package dev.socketlab.readiness;

import static dev.socketlab.abi.EpollEvent.EPOLLERR;
import static dev.socketlab.abi.EpollEvent.EPOLLET;
import static dev.socketlab.abi.EpollEvent.EPOLLHUP;
import static dev.socketlab.abi.EpollEvent.EPOLLRDHUP;

import dev.socketlab.abi.EpollOperation;
import dev.socketlab.linux.SyscallException;
import java.util.ArrayList;
import java.util.List;

/**
 * The readiness of one fd, for any number of waiters. The fd is in the loop's epoll while somebody
 * waits and at no other time, so it has left it before it closes.
 *
 * <p>Edge-triggered: adding the fd, or changing what is asked, makes the kernel report at once what
 * is ready already, and after that each change. So nothing is missed between the try that would
 * block and the wait, and a fd that stays ready without being of use (less than MSG_WAITALL asks
 * for) does not spin. Wakes may be spurious.
 */
public final class Readiness implements ReadinessLoop.Registered {
    /** Reported to every waiter whatever it asked for: the call will have its answer now. */
    private static final int ALWAYS = EPOLLERR | EPOLLHUP | EPOLLRDHUP;

    private final ReadinessLoop loop;
    private final int fd;
    private final List<Interest> interests = new ArrayList<>();
    private final List<Waiter> unwatched = new ArrayList<>();
    private long token;
    private boolean closed;

    /** What a waiter waits for; it has one such for each time that it joined. */
    private record Interest(Waiter waiter, int mask) {}

    Readiness(ReadinessLoop loop, int fd) {
        this.loop = loop;
        this.fd = fd;
    }

    /**
     * Begins to wait for this fd alone.
     *
     * @param interest EPOLLIN, EPOLLOUT or both
     * @throws SyscallException when the kernel takes no further fd into the epoll instance
     */
    public Waiter enqueue(int interest) {
        Waiter waiter = loop.waiter();
        try {
            waiter.join(this, interest);
            waiter.begin();
        } catch (SyscallException e) {
            waiter.close();
            throw e;
        }
        return waiter;
    }

    /** Has a waiter wait for this fd too. */
    void join(Waiter waiter, int interest) {
        synchronized (this) {
            if (closed) {
                waiter.end(new Wake.Closed());
                return;
            }
            Interest one = new Interest(waiter, interest);
            interests.add(one);
            try {
                watch();
            } catch (SyscallException e) {
                interests.remove(one);
                throw e;
            }
        }
    }

    /** Has a waiter wait for the end of this fd alone, of which the kernel need not tell. */
    void joinUnwatched(Waiter waiter) {
        synchronized (this) {
            if (!closed) {
                unwatched.add(waiter);
                return;
            }
        }
        waiter.end(new Wake.Closed());
    }

    /** The fd is closing: ends every wait on it, and those that would still come. */
    public void close() {
        List<Waiter> ended;
        synchronized (this) {
            closed = true;
            ended = new ArrayList<>(unwatched);
            interests.forEach(one -> ended.add(one.waiter()));
        }
        ended.forEach(waiter -> waiter.end(new Wake.Closed()));
    }

    /** Wakes those who wait for such events, for a reason that the kernel does not know. */
    public void wake(int events) {
        ready(events);
    }

    /** How many wait now. */
    public synchronized int waiting() {
        return interests.size();
    }

    void leave(Waiter waiter) {
        synchronized (this) {
            unwatched.remove(waiter);
            if (interests.removeIf(one -> one.waiter() == waiter) && interests.isEmpty()) {
                loop.control(EpollOperation.EPOLL_CTL_DEL, fd, 0, token);
                loop.unregister(token);
            }
        }
    }

    @Override
    public void ready(int events) {
        List<Interest> woken;
        synchronized (this) {
            woken = List.copyOf(interests);
        }
        for (Interest one : woken) {
            if ((events & (one.mask() | ALWAYS)) != 0) {
                one.waiter().ready(events);
            }
        }
    }

    private void watch() {
        if (interests.size() > 1) {
            loop.control(EpollOperation.EPOLL_CTL_MOD, fd, mask(), token);
            return;
        }
        token = loop.register(this);
        try {
            loop.control(EpollOperation.EPOLL_CTL_ADD, fd, mask(), token);
        } catch (SyscallException e) {
            loop.unregister(token);
            throw e;
        }
    }

    private int mask() {
        int mask = EPOLLET | EPOLLRDHUP;
        for (Interest one : interests) {
            mask |= one.mask();
        }
        return mask;
    }
}
