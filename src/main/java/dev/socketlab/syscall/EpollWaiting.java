package dev.socketlab.syscall;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.EpollEvents;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.EpollInstance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * epoll_wait(2). The instance is waited for as a socket is, since it is itself an fd that gets
 * ready.
 *
 * <p>EPOLLEXCLUSIVE alone tells apart who waits in the call: of the instances that have an fd so,
 * the kernel wakes one that somebody is in epoll_wait for (ep_poll_callback of fs/eventpoll.c). So
 * a wait for such an instance has a thread in the call.
 */
final class EpollWaiting implements Operation {
    static final Result NOTHING = new Result.Events(List.of());

    /** As many events as one wait gives at most; more wait for the next. */
    private static final int MAX_EVENTS = 4096;

    /** How soon the thread sees that its wait has ended otherwise, in ms. */
    private static final int SLICE = 50;

    private final Kernel kernel;
    private final LeasedCall on;
    private final Descriptor.Lease epoll;
    private final Call.EpollWait call;
    private final Semaphore threads;
    private final EpollInstance instance;
    private @Nullable Thread thread;
    private volatile boolean stopped;
    private volatile Optional<Taking> found = Optional.empty();

    /** What the kernel gave: events, or an errno. */
    private record Taking(List<EpollInstance.Taken> events, @Nullable Errno errno) {}

    /**
     * @param threads how many more threads may be in the call
     */
    EpollWaiting(Kernel kernel, LeasedCall on, Call.EpollWait call, Semaphore threads) {
        this.kernel = kernel;
        this.on = on;
        this.epoll = on.lease();
        this.call = call;
        this.threads = threads;
        // what is no epoll instance goes to the kernel all the same, for its errno
        this.instance = epoll.description().epoll().orElseGet(EpollInstance::new);
    }

    /** With EPOLLET or EPOLLONESHOT events are taken, so somebody must be there for them. */
    @Override
    public Optional<Result> attempt(int events) {
        if (on.isCallerGone()) {
            giveBackFound();
            return Optional.of(new Result.Failure(Errno.EINTR, "the caller has gone"));
        }
        return (thread == null ? ask(0) : found).map(this::result);
    }

    /** One call of the kernel; empty where there is no event within so many ms. */
    private Optional<Taking> ask(int timeout) {
        EpollEvents events = new EpollEvents(room());
        return taken(kernel.epoll_wait(epoll.kernelFd(), events, timeout), events);
    }

    private int room() {
        return Math.min(call.maxevents(), MAX_EVENTS);
    }

    private static Optional<Taking> taken(SyscallResult result, EpollEvents events) {
        return switch (result) {
            case Success(long count) when count == 0 -> Optional.empty();
            case Success(long count) -> {
                List<EpollInstance.Taken> list = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    list.add(new EpollInstance.Taken(events.data(i), events.events(i)));
                }
                yield Optional.of(new Taking(list, null));
            }
            case Failure(Errno errno) when errno.equals(Errno.EINTR) -> Optional.empty();
            case Failure(Errno errno) -> Optional.of(new Taking(List.of(), errno));
        };
    }

    private Result result(Taking taking) {
        if (taking.errno() != null) {
            return new Result.Failure(taking.errno());
        }
        synchronized (instance) {
            return new Result.Events(
                    taking.events().stream()
                            .map(one ->
                                    new Result.Event(
                                            one.events(),
                                            Objects.requireNonNullElse(
                                                    instance.data(one.token()), "null")))
                            .toList());
        }
    }

    @Override
    public Caller.Watch begin(Waiter waiter) {
        if (!instance.isExclusive() || !threads.tryAcquire()) {
            return () -> {};
        }
        thread = Thread.ofPlatform().name("exclusive").daemon(true).start(() -> inTheCall(waiter));
        return () -> {
            stop();
            threads.release();
        };
    }

    private void inTheCall(Waiter waiter) {
        while (!stopped && found.isEmpty()) {
            found = ask(SLICE);
        }
        waiter.wake();
    }

    /** Waits for the thread, which may have found something at the last moment. */
    private void stop() {
        stopped = true;
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was found at the last moment; for a caller who has gone, it is for the next one. */
    @Override
    public Optional<Result> partial() {
        if (on.isCallerGone()) {
            giveBackFound();
            return Optional.empty();
        }
        stop();
        return found.map(this::result);
    }

    private void giveBackFound() {
        stop();
        if (found.isPresent()) {
            synchronized (instance) {
                instance.giveBack(kernel, epoll.kernelFd(), found.get().events());
            }
            found = Optional.empty();
            epoll.description().waits().wakeReceivers();
        }
    }

    @Override
    public int interest() {
        return EpollEvent.EPOLLIN;
    }

    @Override
    public Limit limit() {
        return new Limit.Timeout(time(call.timeout()), NOTHING);
    }

    /** A timeout in ms; below 0 there is none. */
    static Optional<Duration> time(int millis) {
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }
}
