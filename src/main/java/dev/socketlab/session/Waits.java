package dev.socketlab.session;

import static dev.socketlab.abi.EpollEvent.EPOLLHUP;
import static dev.socketlab.abi.EpollEvent.EPOLLIN;

import dev.socketlab.readiness.Readiness;
import dev.socketlab.readiness.Waiter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that wait for an open file, on whichever of its descriptors. */
public final class Waits {
    private final Set<Readiness> readiness = ConcurrentHashMap.newKeySet();
    private final Map<Waiter, Waiting> waits = new ConcurrentHashMap<>();

    /** A descriptor of it is open. */
    void add(Readiness one) {
        readiness.add(one);
    }

    /** A descriptor of it is closing. */
    void remove(Readiness one) {
        readiness.remove(one);
    }

    /** A call begins to wait. */
    public void began(Waiter waiter, Waiting waiting) {
        waits.put(waiter, waiting);
    }

    /** A call waits no more. */
    public void ended(Waiter waiter) {
        waits.remove(waiter);
    }

    /** Those that wait, the longest first. */
    List<Waiting> all() {
        return waits.values().stream().sorted(Comparator.comparing(Waiting::since)).toList();
    }

    /** Wakes all, since their connection is over; by now it may be another. */
    void wakeAll() {
        readiness.forEach(one -> one.wake(EPOLLHUP));
    }

    /** Wakes those who wait to receive, since drained bytes are no event of the kernel. */
    public void wakeReceivers() {
        readiness.forEach(one -> one.wake(EPOLLIN));
    }
}
