package dev.socketlab.readiness;

import dev.socketlab.abi.Errno;
import dev.socketlab.linux.EpollEvents;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One epoll(7) instance and the one thread that waits on it, for every fd of the service. The
 * thread does nothing but wake those who wait. A registration has a token that is never used again,
 * so an event that was on its way when an fd closed finds nobody, even if its number is in use
 * anew.
 */
public final class ReadinessLoop implements AutoCloseable {
    private static final int MAX_EVENTS = 512;

    private final Kernel kernel;
    private final EpollLoop epoll;
    private final EpollEvents events = new EpollEvents(MAX_EVENTS);
    private final Map<Long, Registered> registered = new ConcurrentHashMap<>();
    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicLong tokens = new AtomicLong();
    private volatile @Nullable String interrupted;

    /**
     * Makes the epoll instance and starts its thread.
     *
     * @throws SyscallException when the kernel gives no epoll instance or no eventfd
     */
    public ReadinessLoop(Kernel kernel) {
        this.kernel = kernel;
        this.epoll = new EpollLoop(kernel, "readiness", this::turn);
        epoll.start();
    }

    /** What an event of the epoll instance is told to. */
    interface Registered {
        void ready(int events);
    }

    /** The readiness of an fd; nothing is registered until somebody waits. */
    public Readiness of(int fd) {
        return new Readiness(this, fd);
    }

    /**
     * A bell in the loop.
     *
     * @param action what is done on the loop's thread when it was rung; it must not wait
     * @throws SyscallException when the kernel gives no eventfd
     */
    public Bell bell(Runnable action) {
        return new Bell(kernel, this, action);
    }

    /**
     * A wait of the calling thread, which it begins when it has joined what it waits for; the
     * caller closes it.
     */
    public Waiter waiter() {
        return new Waiter(this);
    }

    /** How many wait now, on any fd. */
    public int waiting() {
        return waiting.size();
    }

    /** How many fds are in the epoll instance now. */
    public int registered() {
        return registered.size();
    }

    /** Whether its thread is alive. */
    public boolean isAlive() {
        return epoll.isAlive();
    }

    /** Whether waits end at once, as the service is stopping. */
    public boolean isInterrupted() {
        return interrupted != null;
    }

    /** Lets calls wait again. */
    public void resume() {
        interrupted = null;
    }

    /** Ends every wait, and each that would still begin, for such a reason. */
    public void interruptAll(String because) {
        interrupted = because;
        waiting.forEach(waiter -> waiter.interrupt(because));
    }

    /** Ends the thread, with every wait still on, and closes the epoll instance. */
    @Override
    public void close() {
        interruptAll("the service has ended");
        epoll.close();
    }

    void began(Waiter waiter) {
        waiting.add(waiter);
        String because = interrupted;
        if (because != null) {
            waiter.interrupt(because);
        }
    }

    void ended(Waiter waiter) {
        waiting.remove(waiter);
    }

    long register(Registered one) {
        long token = tokens.incrementAndGet();
        registered.put(token, one);
        return token;
    }

    void unregister(long token) {
        registered.remove(token);
    }

    void control(int op, int fd, int events, long token) {
        epoll.control(op, fd, events, token);
    }

    private void turn(int epfd) {
        SyscallResult result = kernel.epoll_wait(epfd, events, -1);
        if (result.failedWith(Errno.EINTR)) {
            return;
        }
        long count = result.orThrow("epoll_wait");
        for (int i = 0; i < count; i++) {
            Registered one = registered.get(events.data(i));
            if (one != null) {
                one.ready(events.events(i));
            }
        }
    }
}
