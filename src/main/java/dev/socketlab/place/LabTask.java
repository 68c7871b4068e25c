package dev.socketlab.place;

import dev.socketlab.linux.SyscallException;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that a lab thread does in a network namespace or a directory for the thread that made
 * this. What it came to is written by the lab thread, and seen by its maker once the readiness
 * thread delivers it.
 */
public final class LabTask<T> {
    private final int place;
    private final Supplier<T> body;
    private final Thread maker = Thread.currentThread();
    private @Nullable T value;
    private @Nullable Throwable thrown;
    private volatile boolean delivered;

    /**
     * @param place the fd of the namespace or directory, or below 0 for a new namespace
     * @param body system calls, and nothing that another thread would wait for
     */
    LabTask(int place, Supplier<T> body) {
        this.place = place;
        this.body = body;
    }

    int place() {
        return place;
    }

    /**
     * Does it. What it throws is its maker's affair, unless it says that the thread is elsewhere.
     */
    void run() {
        try {
            value = body.get();
        } catch (StrayException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
    }

    /** It was not done, or not where it should have been. */
    void fail(Throwable cause) {
        thrown = cause;
    }

    /** Lets the maker have what it came to; by a thread of the service. */
    void deliver() {
        delivered = true;
        LockSupport.unpark(maker);
    }

    /** Whether it is done and its answer has come back. */
    boolean isDone() {
        return delivered;
    }

    /**
     * Waits until it is done: by the thread that made it, and whatever interrupts that, for what
     * the task makes must have an owner.
     *
     * @throws RuntimeException what the task threw
     * @throws SyscallException when its place could not be entered
     */
    public T await() {
        boolean interrupted = false;
        while (!delivered) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return switch (thrown) {
            case null -> Objects.requireNonNull(value);
            case RuntimeException e -> throw e;
            case Throwable t -> throw new IllegalStateException("a lab task failed", t);
        };
    }
}
