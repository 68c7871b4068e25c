package dev.socketlab.wire;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.Errno;
import dev.socketlab.linux.EpollEvents;
import dev.socketlab.linux.Frame;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.readiness.EpollLoop;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Carries the frames of all sessions: one epoll(7) instance with every link of every switch in it,
 * and one thread.
 */
public final class SwitchLoop implements AutoCloseable {
    private static final int MAX_EVENTS = 256;

    private final EpollLoop epoll;
    private final EpollEvents events = new EpollEvents(MAX_EVENTS);
    private final Frame frame = new Frame();
    private final EthernetSwitch.Carried carried = new EthernetSwitch.Carried();
    private final Deque<Integer> free = new ArrayDeque<>();

    /**
     * By the data of their epoll events; written under the lock, a new array each time it grows.
     */
    private volatile EthernetSwitch.@Nullable Link[] links = new EthernetSwitch.Link[64];

    private int used;

    /**
     * Makes the epoll instance and starts the thread.
     *
     * @throws SyscallException when the kernel gives none
     */
    public SwitchLoop(Kernel kernel) {
        this.epoll = new EpollLoop(kernel, "switch", this::turn);
        epoll.start();
    }

    /** A session's links in the loop. Close it before the fds are closed. */
    public final class Plugged implements AutoCloseable {
        private final EthernetSwitch wire = new EthernetSwitch();
        private final Deque<Integer> slots = new ArrayDeque<>();

        /**
         * Plugs in a TAP interface's fd, which stays its owner's.
         *
         * @throws SyscallException when the kernel takes no further fd into the epoll instance
         */
        public void plug(int tap) {
            synchronized (SwitchLoop.this) {
                int slot = slot(wire.plug(tap));
                try {
                    epoll.control(EpollOperation.EPOLL_CTL_ADD, tap, EpollEvent.EPOLLIN, slot);
                    slots.add(slot);
                } catch (SyscallException e) {
                    give(slot);
                    throw e;
                }
            }
        }

        @Override
        public void close() {
            wire.close();
            synchronized (SwitchLoop.this) {
                for (int slot : slots) {
                    EthernetSwitch.Link link = Objects.requireNonNull(links[slot]);
                    epoll.control(EpollOperation.EPOLL_CTL_DEL, link.tap(), 0, 0);
                    give(slot);
                }
                slots.clear();
            }
        }
    }

    /** A switch of its own for a session. */
    public Plugged plugged() {
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
        return epoll.isAlive();
    }

    @Override
    public void close() {
        epoll.close();
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

    private void give(int slot) {
        links[slot] = null;
        free.add(slot);
    }

    /** An event of a link that was unplugged meanwhile finds none, or one that has no frame. */
    private void turn(int epfd) {
        int count = events.await(epfd, -1);
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
