package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The array of struct epoll_event that epoll_wait(2) fills. Belongs to one thread. */
public final class EpollEvents {
    private static final MethodHandle EPOLL_WAIT =
            CLibrary.slow("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

    private final int maxevents;
    final MemorySegment memory;
    private final MemorySegment errno;

    /** Room for so many events; the memory is freed with the object. */
    public EpollEvents(int maxevents) {
        this.maxevents = maxevents;
        Arena arena = Arena.ofAuto();
        this.memory = arena.allocate(Layouts.EPOLL_EVENT_SIZE * maxevents);
        this.errno = CLibrary.errnoIn(arena);
    }

    /**
     * epoll_wait(2) without an allocation, for a loop that turns for every packet.
     *
     * @param timeout in ms, -1 for ever
     * @return how many events there are, or the errno below 0
     */
    public int await(int epfd, int timeout) {
        try {
            int count = (int) EPOLL_WAIT.invokeExact(errno, epfd, memory, maxevents, timeout);
            return count >= 0 ? count : -errno.get(JAVA_INT, 0);
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
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
