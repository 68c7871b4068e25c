package dev.socketlab.place;

import dev.socketlab.abi.CloneFlag;
import dev.socketlab.abi.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.Bell;
import dev.socketlab.readiness.ReadinessLoop;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The threads that go into the network namespaces of sessions, network_namespaces(7), or on other
 * {@link Ground}, so that no other thread of the service ever has to. A lab thread leaves the
 * service's namespace as the first thing it does and never comes back to it: between tasks it rests
 * in an empty namespace of its own.
 *
 * <p>A thread begins life in the namespace of the one that starts it, and who wakes a virtual
 * thread may start a carrier for it. So a lab thread starts nothing, wakes nothing and takes no
 * lock that others wait for: tasks come to it, and answers leave it, by queues without locks, and a
 * {@link Bell} has the readiness thread wake who waits for the answer. Tasks keep to that too: they
 * make system calls.
 */
public final class LabThreads implements AutoCloseable {
    private static final int NONE = -1;

    /** After it a thread takes no further task. */
    private static final LabTask<Boolean> LAST = new LabTask<>(NONE, () -> true);

    private final Kernel kernel;
    private final Ground ground;
    private final Consumer<Kernel> prepare;
    private final int most;
    private final Bell bell;
    private final LinkedTransferQueue<LabTask<?>> tasks = new LinkedTransferQueue<>();
    private final Queue<LabTask<?>> answered = new ConcurrentLinkedQueue<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger alive = new AtomicInteger();
    private final ThreadFactory factory;
    private volatile boolean closed;

    /**
     * Starts no thread yet.
     *
     * @param most how many threads there are at most
     * @param prepare what each does once where it rests: system calls and nothing else
     */
    public LabThreads(Kernel kernel, ReadinessLoop loop, int most, Consumer<Kernel> prepare) {
        this(kernel, loop, Ground.NAMESPACES, most, named("lab-"), prepare);
    }

    /** Threads of such a name that go about on such ground, where nothing has to be prepared. */
    LabThreads(Kernel kernel, ReadinessLoop loop, Ground ground, String name, int most) {
        this(kernel, loop, ground, most, named(name), _ -> {});
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name, 0).daemon(true).factory();
    }

    /** As the other ones, with threads from elsewhere. */
    LabThreads(
            Kernel kernel,
            ReadinessLoop loop,
            Ground ground,
            int most,
            ThreadFactory factory,
            Consumer<Kernel> prepare) {
        this.kernel = kernel;
        this.ground = ground;
        this.prepare = prepare;
        this.most = most;
        this.factory = factory;
        this.bell = loop.bell(this::deliver);
    }

    /** Has a task done in a new namespace; what it opens there is all that keeps the namespace. */
    public <T> LabTask<T> startInNew(Supplier<T> body) {
        return start(new LabTask<>(NONE, body));
    }

    /**
     * Has a task done in a place.
     *
     * @param place its fd, open until the task is done
     */
    public <T> LabTask<T> startIn(int place, Supplier<T> body) {
        return start(new LabTask<>(place, body));
    }

    /** How many lab threads there are. */
    public int alive() {
        return alive.get();
    }

    /** Ends the threads when the tasks so far are done. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < most; i++) {
            tasks.put(LAST);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        bell.close();
        deliver(); // what was answered too late for the bell
    }

    private <T> LabTask<T> start(LabTask<T> task) {
        if (closed) {
            throw new IllegalStateException("the lab threads have ended");
        }
        tasks.put(task);
        replenish();
        return task;
    }

    /** Called by threads of the service alone, so that a new one begins among those. */
    private void replenish() {
        for (int n = alive.get(); n < most && !closed; n = alive.get()) {
            if (alive.compareAndSet(n, n + 1) && !begin()) {
                return;
            }
        }
    }

    /**
     * Starts a thread. Where the system gives none, and there is no other, nobody would do what is
     * to be done: it fails.
     */
    private boolean begin() {
        Thread thread = factory.newThread(this::run);
        threads.add(thread);
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError _) { // unable to create native thread
            threads.remove(thread);
            if (alive.decrementAndGet() == 0) {
                SyscallException none = new SyscallException("clone", Errno.EAGAIN);
                for (LabTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.fail(none);
                    task.deliver();
                }
            }
            return false;
        }
    }

    /** On the readiness thread. */
    private void deliver() {
        for (LabTask<?> task = answered.poll(); task != null; task = answered.poll()) {
            task.deliver();
        }
        threads.removeIf(thread -> !thread.isAlive());
        if (!tasks.isEmpty()) {
            replenish();
        }
    }

    private void run() {
        int rest = NONE;
        try {
            boolean sound = true;
            while (sound) {
                LabTask<?> task = tasks.take();
                if (task == LAST) {
                    break;
                }
                try {
                    rest = rest == NONE ? leave() : rest;
                    perform(task);
                    sound = ground.enter(kernel, rest) instanceof Success;
                } catch (Throwable t) {
                    task.fail(t);
                    sound = false;
                }
                answered.add(task);
                bell.ring();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            if (rest != NONE) {
                kernel.close(rest);
            }
            alive.decrementAndGet();
            bell.ring();
        }
    }

    private int leave() {
        int rest = ground.leave(kernel);
        prepare.accept(kernel);
        return rest;
    }

    /** A new namespace that the kernel does not give leaves the thread where it rested. */
    private void perform(LabTask<?> task) {
        if (task.place() != NONE) {
            ground.enter(kernel, task.place()).orThrow(ground.syscall());
        } else if (kernel.unshare(CloneFlag.CLONE_NEWNET) instanceof Failure(Errno errno)) {
            task.fail(new SyscallException("unshare", errno));
            return;
        }
        task.run();
    }
}
