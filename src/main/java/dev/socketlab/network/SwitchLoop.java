package dev.socketlab.network;

import dev.socketlab.linux.Epoll;
import dev.socketlab.linux.EpollEvents;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Frame;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Carries the frames of all sessions: one epoll(7) instance with every link of every switch in it,
 * and one thread.
 */
public final class SwitchLoop implements AutoCloseable {
    private static final int MAX_EVENTS = 256;
    private static final long WAKEUP = -1;

    private final Kernel kernel;
    private final int epfd;
    private final int wakeup;
    private final Thread thread;
    private final EthernetSwitch.Carried carried = new EthernetSwitch.Carried();
    private final Deque<Integer> free = new ArrayDeque<>();

    /**
     * By the data of their epoll events; written under the lock, a new array each time it grows.
     */
    private volatile EthernetSwitch.@Nullable Link[] links = new EthernetSwitch.Link[64];

    private int used;
    private volatile boolean closed;

    /**
     * Makes the epoll instance and starts the thread.
     *
     * @throws SyscallException when the kernel gives none
     */
    public SwitchLoop(Kernel kernel) {
        this.kernel = kernel;
        this.epfd =
                Math.toIntExact(kernel.epoll_create1(Epoll.EPOLL_CLOEXEC).orThrow("epoll_create1"));
        this.wakeup =
                Math.toIntExact(
                        kernel.eventfd(0, Epoll.EFD_CLOEXEC | Epoll.EFD_NONBLOCK)
                                .orThrow("eventfd"));
        control(Epoll.EPOLL_CTL_ADD, wakeup, WAKEUP);
        this.thread = Thread.ofPlatform().name("switch").daemon(true).start(this::run);
    }

    /** A session's links in the loop. Close it before the fds are closed. */
    final class Plugged implements AutoCloseable {
        private final EthernetSwitch wire = new EthernetSwitch();
        private final Deque<Integer> slots = new ArrayDeque<>();

        /** Plugs in a TAP interface's fd, which stays its owner's. */
        void plug(int tap) {
            synchronized (SwitchLoop.this) {
                int slot = slot(wire.plug(tap));
                slots.add(slot);
                control(Epoll.EPOLL_CTL_ADD, tap, slot);
            }
        }

        @Override
        public void close() {
            for (EthernetSwitch.Link link : wire.close()) {
                kernel.epoll_ctl(epfd, Epoll.EPOLL_CTL_DEL, link.tap(), 0, 0);
            }
            synchronized (SwitchLoop.this) {
                slots.forEach(slot -> {
                    links[slot] = null;
                    free.add(slot);
                });
                slots.clear();
            }
        }
    }

    /** A switch of its own for a session. */
    Plugged plugged() {
        return new Plugged();
    }

    /** How many frames were carried so far. */
    public long frames() {
        return carried.frames();
    }

    /** How many of them were lost, as the receiver had no room or was down. */
    public long lost() {
        return carried.lost();
    }

    /** Whether its thread is alive. */
    public boolean isAlive() {
        return thread.isAlive();
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

    private int slot(EthernetSwitch.Link link) {
        int slot = free.isEmpty() ? used++ : free.remove();
        EthernetSwitch.@Nullable Link[] now = links;
        if (slot >= now.length) {
            now = Arrays.copyOf(now, now.length * 2);
        }
        now[slot] = link;
        links = now; // also where it has not grown, so that the entry is seen
        return slot;
    }

    private void control(int op, int fd, long data) {
        kernel.epoll_ctl(epfd, op, fd, Epoll.EPOLLIN, data).orThrow("epoll_ctl");
    }

    /** An event of a link that was unplugged meanwhile finds none, or one that has no frame. */
    private void run() {
        EpollEvents events = new EpollEvents(MAX_EVENTS);
        Frame frame = new Frame();
        while (!closed) {
            int count = events.await(epfd);
            if (count < 0 && -count != Errno.EINTR.number()) {
                throw new SyscallException("epoll_wait", new Errno(-count));
            }
            EthernetSwitch.@Nullable Link[] now = links;
            for (int i = 0; i < count; i++) {
                int slot = (int) events.data(i);
                EthernetSwitch.Link link = slot < 0 ? null : now[slot];
                if (link != null) {
                    link.carry(frame, carried);
                }
            }
        }
    }
}
