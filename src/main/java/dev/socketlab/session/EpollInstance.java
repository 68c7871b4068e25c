package dev.socketlab.session;

import static dev.socketlab.abi.EpollOperation.EPOLL_CTL_ADD;
import static dev.socketlab.abi.EpollOperation.EPOLL_CTL_DEL;
import static dev.socketlab.abi.EpollOperation.EPOLL_CTL_MOD;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.linux.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the session keeps of an epoll(7) instance: what its user wants to be told with each event,
 * under the number that the kernel has in the place of it. The set of fds is the kernel's. Used
 * under its own monitor, which is held while the kernel is asked, so that both agree.
 */
public final class EpollInstance {
    private static final int PRUNED_FROM = 64;

    private final Map<Long, String> data = new HashMap<>();
    private final Map<Item, Entry> entries = new HashMap<>();
    private long lastToken;
    private int pruneAt = PRUNED_FROM;
    private volatile boolean exclusive;

    /** An event that was taken from the kernel. */
    public record Taken(long token, int events) {}

    /** By what entries of the set are told apart: the open file, and the fd's number. */
    private record Item(OpenFileDescription description, int fd) {}

    /** An entry: under which number the kernel has the fd, and the EPOLL* bits it was given. */
    public record Entry(long token, int kernelFd, int events) {
        /** Whether the kernel tells of an event once only. */
        boolean isTakenOnce() {
            return (events & (EpollEvent.EPOLLET | EpollEvent.EPOLLONESHOT)) != 0;
        }
    }

    /** A number that this instance has not given yet. */
    public long nextToken() {
        return ++lastToken;
    }

    /**
     * The kernel's fd of an entry. It stays the same when the session's fd is closed and made anew
     * for the same open file, as its number in a process does.
     *
     * @param kernelFd that of a new entry
     */
    public int kernelFd(OpenFileDescription description, int fd, int kernelFd) {
        Entry entry = entries.get(new Item(description, fd));
        return entry != null && description.epollWatches().has(entry.kernelFd())
                ? entry.kernelFd()
                : kernelFd;
    }

    /**
     * The kernel has this entry now. One it had before under an fd that is closed it has besides,
     * and tells of its events, so what was given with that stays.
     */
    public void put(OpenFileDescription description, int fd, Entry entry, String value) {
        Entry old = entries.put(new Item(description, fd), entry);
        if (old != null && description.epollWatches().has(old.kernelFd())) {
            data.remove(old.token());
        } else {
            description.epollWatches().add(entry.kernelFd());
        }
        data.put(entry.token(), value);
    }

    /**
     * The kernel has no such entry any more.
     *
     * @return the kernel's fds that were open for it alone; the caller closes them
     */
    public List<Integer> remove(OpenFileDescription description, int fd) {
        Entry old = entries.remove(new Item(description, fd));
        if (old == null) {
            return List.of();
        }
        data.remove(old.token());
        return description.epollWatches().remove(old.kernelFd());
    }

    /** The set ends: as {@link #remove} of every entry. */
    List<Integer> removeAll() {
        List<Integer> orphans = new ArrayList<>();
        for (Item item : List.copyOf(entries.keySet())) {
            orphans.addAll(remove(item.description(), item.fd()));
        }
        return orphans;
    }

    /**
     * Events that were taken for somebody who has gone are for who waits next: the kernel looks at
     * their entries again as at new ones.
     */
    public void giveBack(Kernel kernel, int epfd, List<Taken> events) {
        Set<Long> tokens = events.stream().map(Taken::token).collect(Collectors.toSet());
        entries.forEach((item, entry) -> {
            boolean open = item.description().epollWatches().has(entry.kernelFd());
            if (open && entry.isTakenOnce() && tokens.contains(entry.token())) {
                arm(kernel, epfd, entry);
            }
        });
    }

    /** An entry with EPOLLEXCLUSIVE cannot be changed, only made anew. */
    private static void arm(Kernel kernel, int epfd, Entry entry) {
        int fd = entry.kernelFd();
        if ((entry.events() & EpollEvent.EPOLLEXCLUSIVE) == 0) {
            kernel.epoll_ctl(epfd, EPOLL_CTL_MOD, fd, entry.events(), entry.token());
        } else {
            kernel.epoll_ctl(epfd, EPOLL_CTL_DEL, fd, 0, 0);
            kernel.epoll_ctl(epfd, EPOLL_CTL_ADD, fd, entry.events(), entry.token());
        }
    }

    /** What was given with the entry of that token. */
    public @Nullable String data(long token) {
        return data.get(token);
    }

    /**
     * Forgets the entries that the kernel has dropped by itself, as their files were closed; asked
     * for when there are twice as many as there were after the last time.
     *
     * @param live the tokens of those that the kernel has
     */
    public void prune(Supplier<Set<Long>> live) {
        if (data.size() >= pruneAt) {
            Set<Long> kept = live.get();
            data.keySet().retainAll(kept);
            entries.values().removeIf(entry -> !kept.contains(entry.token()));
            pruneAt = Math.max(PRUNED_FROM, 2 * data.size());
        }
    }

    /** Of how many entries it knows. */
    public synchronized int size() {
        return data.size();
    }

    /** An entry with EPOLLEXCLUSIVE was made. */
    public void hasExclusive() {
        exclusive = true;
    }

    /** Whether it has, or had, an entry with EPOLLEXCLUSIVE. */
    public boolean isExclusive() {
        return exclusive;
    }
}
