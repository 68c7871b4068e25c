package dev.socketlab.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The array of struct epoll_event that epoll_wait(2) fills. Belongs to one thread. */
public final class EpollEvents {
    private final int maxevents;
    final MemorySegment memory;

    /** Room for so many events; the memory is freed with the object. */
    public EpollEvents(int maxevents) {
        this.maxevents = maxevents;
        this.memory = Arena.ofAuto().allocate(Layouts.EPOLL_EVENT_SIZE * maxevents);
    }

    public int capacity() {
        return maxevents;
    }

    /** The mask of event {@code i}: EPOLLIN and its kin. */
    public int events(int i) {
        return memory.get(Layouts.INT, i * Layouts.EPOLL_EVENT_SIZE);
    }

    /** What epoll_ctl(2) was given as data for the fd of event {@code i}. */
    public long data(int i) {
        return memory.get(
                Layouts.LONG, i * Layouts.EPOLL_EVENT_SIZE + Layouts.EPOLL_EVENT_DATA_OFFSET);
    }

    /** Puts an event in, as the kernel does. */
    public void set(int i, int mask, long data) {
        memory.set(Layouts.INT, i * Layouts.EPOLL_EVENT_SIZE, mask);
        memory.set(
                Layouts.LONG, i * Layouts.EPOLL_EVENT_SIZE + Layouts.EPOLL_EVENT_DATA_OFFSET, data);
    }
}
