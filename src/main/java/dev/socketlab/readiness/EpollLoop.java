package dev.socketlab.readiness;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollFlag;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.EventfdFlag;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallException;
import java.util.function.IntConsumer;

/**
 * An epoll(7) instance and the one thread that waits on it. Close it to end the thread; it closes
 * none of the fds that were put in.
 */
public final class EpollLoop implements AutoCloseable {
    /** The data of the event that has the loop turn once more and see that it is closed. */
    public static final long WAKEUP = -1;

    private final Kernel kernel;
    private final int epfd;
    private final int wakeup;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Makes the epoll instance, and a thread that is not yet started.
     *
     * @param turn waits on the epoll instance, which it is given, once, and does what is to be done
     * @throws SyscallException when the kernel gives no epoll instance or no eventfd
     */
    public EpollLoop(Kernel kernel, String name, IntConsumer turn) {
        this.kernel = kernel;
        this.epfd =
                Math.toIntExact(
                        kernel.epoll_create1(EpollFlag.EPOLL_CLOEXEC).orThrow("epoll_create1"));
        this.wakeup =
                Math.toIntExact(
                        kernel.eventfd(0, EventfdFlag.EFD_CLOEXEC | EventfdFlag.EFD_NONBLOCK)
                                .orThrow("eventfd"));
        control(EpollOperation.EPOLL_CTL_ADD, wakeup, EpollEvent.EPOLLIN, WAKEUP);
        this.thread = Thread.ofPlatform().name(name).daemon(true).unstarted(() -> run(turn));
    }

    /** Starts the thread, when what its turns need is there. */
    public void start() {
        thread.start();
    }

    /** Whether the thread is alive. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * epoll_ctl(2).
     *
     * @throws SyscallException when the kernel refuses it
     */
    public void control(int op, int fd, int events, long data) {
        kernel.epoll_ctl(epfd, op, fd, events, data).orThrow("epoll_ctl");
    }

    private void run(IntConsumer turn) {
        while (!closed) {
            turn.accept(epfd);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        kernel.write(wakeup, new byte[] {1, 1, 1, 1, 1, 1, 1, 1}, 0, Long.BYTES);
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        kernel.close(wakeup);
        kernel.close(epfd);
    }
}
