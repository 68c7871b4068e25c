package dev.socketlab.readiness;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.EventfdFlag;
import dev.socketlab.linux.Kernel;

/**
 * A bell in the loop, eventfd(2): who rings it has an action done on the loop's thread, and does
 * nothing but a system call for it, takes no lock and wakes no thread itself. Rung several times
 * before the action, it is done once. Made by {@link ReadinessLoop#bell}; close it when done.
 */
public final class Bell implements ReadinessLoop.Registered, AutoCloseable {
    private static final byte[] ONE = {1, 1, 1, 1, 1, 1, 1, 1}; // not 0 in either byte order

    private final Kernel kernel;
    private final ReadinessLoop loop;
    private final Runnable action;
    private final int eventfd;
    private final long token;

    Bell(Kernel kernel, ReadinessLoop loop, Runnable action) {
        this.kernel = kernel;
        this.loop = loop;
        this.action = action;
        this.eventfd =
                Math.toIntExact(
                        kernel.eventfd(0, EventfdFlag.EFD_CLOEXEC | EventfdFlag.EFD_NONBLOCK)
                                .orThrow("eventfd"));
        this.token = loop.register(this);
        loop.control(EpollOperation.EPOLL_CTL_ADD, eventfd, EpollEvent.EPOLLIN, token);
    }

    /** Has the action done, soon. */
    public void ring() {
        kernel.write(eventfd, ONE, 0, ONE.length);
    }

    @Override
    public void ready(int events) {
        kernel.read(eventfd, new byte[Long.BYTES], Long.BYTES);
        action.run();
    }

    @Override
    public void close() {
        loop.control(EpollOperation.EPOLL_CTL_DEL, eventfd, 0, token);
        loop.unregister(token);
        kernel.close(eventfd);
    }
}
