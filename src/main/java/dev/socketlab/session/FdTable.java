package dev.socketlab.session;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A process's table of file descriptors: 0, 1 and 2 are never free, and a new one is the lowest
 * free number. A call that makes one takes its number first, as the kernel does, so a number is
 * refused (EMFILE) before anything is done, and two calls never get the same.
 */
public final class FdTable {
    private static final int FIRST = 3;

    private final int limit;
    private final BitSet taken = new BitSet();
    private final Map<Integer, Descriptor> open = new TreeMap<>();

    /**
     * @param maxFds how many there may be, beside 0, 1 and 2
     */
    FdTable(int maxFds) {
        this.limit = FIRST + maxFds;
        taken.set(0, FIRST);
    }

    /** One more than the highest number, as RLIMIT_NOFILE counts. */
    public int limit() {
        return limit;
    }

    /** Takes the lowest free number that is not below {@code from}; empty where there is none. */
    public synchronized OptionalInt reserve(int from) {
        int fd = taken.nextClearBit(from);
        if (fd >= limit) {
            return OptionalInt.empty();
        }
        taken.set(fd);
        return OptionalInt.of(fd);
    }

    /** Gives back a number under which nothing was installed. */
    public synchronized void unreserve(int fd) {
        taken.clear(fd);
    }

    /** Opens the descriptor under a number taken before. */
    synchronized void install(int fd, Descriptor descriptor) {
        open.put(fd, descriptor);
    }

    /** The right to use what is open under a number; empty where nothing is, or it is closing. */
    public Optional<Descriptor.Lease> lease(int fd) {
        return get(fd).flatMap(Descriptor::lease);
    }

    /**
     * Opens the descriptor under a number, whatever was open there: dup2(2).
     *
     * @return false, having done nothing, where a call has taken the number and not yet opened it
     */
    synchronized boolean replace(int fd, Descriptor descriptor, Consumer<Descriptor> replaced) {
        Descriptor old = open.get(fd);
        if (old == null && fd >= FIRST && taken.get(fd)) {
            return false;
        }
        taken.set(fd);
        open.put(fd, descriptor);
        if (old != null) {
            replaced.accept(old);
        }
        return true;
    }

    synchronized Optional<Descriptor> get(int fd) {
        return Optional.ofNullable(open.get(fd));
    }

    /** Takes the descriptor out, whose number is free from now on. */
    public synchronized Optional<Descriptor> remove(int fd) {
        Descriptor descriptor = open.remove(fd);
        if (descriptor != null && fd >= FIRST) {
            taken.clear(fd);
        }
        return Optional.ofNullable(descriptor);
    }

    /** The numbers in use, from the lowest up. */
    synchronized List<Integer> numbers() {
        return List.copyOf(open.keySet());
    }
}
