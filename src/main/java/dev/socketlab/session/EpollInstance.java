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
    private final Map<Item, Long> tokens = new HashMap<>();
    private long lastToken;
    private int pruneAt = PRUNED_FROM;
    private volatile boolean exclusive;
    private final Deque<Taken> givenBack = new ArrayDeque<>();

    /** An event that was taken from the kernel. */
    record Taken(long token, int events) {}

    /** An entry of the set, as the kernel tells them apart: the open file and the fd's number. */
    private record Item(OpenFileDescription description, int kernelFd) {}

    /** A number that this instance has not given yet. */
    long nextToken() {
        return ++lastToken;
    }

    /** The kernel has the entry with this token now. */
    void put(OpenFileDescription description, int kernelFd, long token, String value) {
        Long old = tokens.put(new Item(description, kernelFd), token);
        if (old != null) {
            data.remove(old);
        }
        data.put(token, value);
    }

    /** The kernel has no such entry any more. */
    void remove(OpenFileDescription description, int kernelFd) {
        Long old = tokens.remove(new Item(description, kernelFd));
        if (old != null) {
            data.remove(old);
        }
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
            tokens.values().retainAll(kept);
            pruneAt = Math.max(PRUNED_FROM, 2 * data.size());
        }
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
