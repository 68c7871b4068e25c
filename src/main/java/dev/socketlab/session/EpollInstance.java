package dev.socketlab.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the session keeps of an epoll(7) instance: what its user wants to be told with each event,
 * under the number that the kernel has in the place of it. The set of fds is the kernel's. Used
 * under its own monitor, which is held while the kernel is asked, so that both agree.
 */
final class EpollInstance {
    private static final int PRUNED_FROM = 64;

    private final Map<Long, String> data = new HashMap<>();
    private final Map<Item, Entry> entries = new HashMap<>();
    private long lastToken;
    private int pruneAt = PRUNED_FROM;
    private volatile boolean exclusive;
    private final Deque<Taken> givenBack = new ArrayDeque<>();

    /** An event that was taken from the kernel. */
    record Taken(long token, int events) {}

    /** By what entries of the set are told apart: the open file, and the fd's number. */
    private record Item(OpenFileDescription description, int fd) {}

    /** An entry, under the number that the kernel has for the fd. */
    private record Entry(long token, int kernelFd) {}

    /** A number that this instance has not given yet. */
    long nextToken() {
        return ++lastToken;
    }

    /**
     * The kernel's fd of an entry. It stays the same when the session's fd is closed and made anew
     * for the same open file, as its number in a process does.
     */
    int kernelFd(Descriptor.Lease target, int fd) {
        OpenFileDescription description = target.description();
        Entry entry = entries.get(new Item(description, fd));
        return entry != null && description.isWatched(entry.kernelFd())
                ? entry.kernelFd()
                : target.kernelFd();
    }

    /** The kernel has the entry with this token now. */
    void put(OpenFileDescription description, int fd, int kernelFd, long token, String value) {
        Entry old = entries.put(new Item(description, fd), new Entry(token, kernelFd));
        if (old == null) {
            description.watched(kernelFd);
        } else {
            data.remove(old.token());
        }
        data.put(token, value);
    }

    /**
     * The kernel has no such entry any more.
     *
     * @return the kernel's fds that were open for it alone; the caller closes them
     */
    List<Integer> remove(OpenFileDescription description, int fd) {
        Entry old = entries.remove(new Item(description, fd));
        if (old == null) {
            return List.of();
        }
        data.remove(old.token());
        return description.unwatched(old.kernelFd());
    }

    /** The set ends: as {@link #remove} of every entry. */
    List<Integer> removeAll() {
        List<Integer> orphans = new ArrayList<>();
        for (Item item : List.copyOf(entries.keySet())) {
            orphans.addAll(remove(item.description(), item.fd()));
        }
        return orphans;
    }

    /** Events that were taken for somebody who has gone are for who waits next. */
    void giveBack(List<Taken> events) {
        givenBack.addAll(events);
    }

    /** At most so many of those, if their entries are still there. */
    List<Taken> takeGivenBack(int most) {
        List<Taken> taken = new ArrayList<>();
        while (taken.size() < most && !givenBack.isEmpty()) {
            Taken one = givenBack.removeFirst();
            if (data.containsKey(one.token())) {
                taken.add(one);
            }
        }
        return taken;
    }

    /** What was given with the entry of that token. */
    @Nullable String data(long token) {
        return data.get(token);
    }

    /**
     * Forgets the entries that the kernel has dropped by itself, as their files were closed; asked
     * for when there are twice as many as there were after the last time.
     *
     * @param live the tokens of those that the kernel has
     */
    void prune(Supplier<Set<Long>> live) {
        if (data.size() >= pruneAt) {
            Set<Long> kept = live.get();
            data.keySet().retainAll(kept);
            entries.values().removeIf(entry -> !kept.contains(entry.token()));
            pruneAt = Math.max(PRUNED_FROM, 2 * data.size());
        }
    }

    /** Of how many entries it knows. */
    synchronized int size() {
        return data.size();
    }

    /** An entry with EPOLLEXCLUSIVE was made. */
    void hasExclusive() {
        exclusive = true;
    }

    /** Whether it has, or had, an entry with EPOLLEXCLUSIVE. */
    boolean isExclusive() {
        return exclusive;
    }
}
