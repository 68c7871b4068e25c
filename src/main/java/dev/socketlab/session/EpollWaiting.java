package dev.socketlab.session;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Epoll;
import dev.socketlab.linux.EpollEvents;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final Descriptor.Lease epoll;
    private final Call.EpollWait call;
    private final Caller caller;
    private final Semaphore threads;
    private final EpollInstance instance;
    private @Nullable Thread thread;
    private volatile boolean stopped;
    private volatile Optional<Result> found = Optional.empty();

    /**
     * @param threads how many more threads may be in the call
     */
    EpollWaiting(
            Kernel kernel,
            Descriptor.Lease epoll,
            Call.EpollWait call,
            Caller caller,
            Semaphore threads) {
        this.kernel = kernel;
        this.epoll = epoll;
        this.call = call;
        this.caller = caller;
        this.threads = threads;
        // what is no epoll instance goes to the kernel all the same, for its errno
        this.instance = epoll.description().epoll().orElseGet(EpollInstance::new);
    }

    /** With EPOLLET or EPOLLONESHOT events are taken, so somebody must be there for them. */
    @Override
    public Optional<Result> attempt(int events) {
        if (thread != null) {
            return found;
        }
        return caller.presence().isGone()
                ? Optional.of(new Result.Failure(Errno.EINTR, "the caller has gone"))
                : ask(0);
    }

    /** One call of the kernel; empty where there is no event within so many ms. */
    private Optional<Result> ask(int timeout) {
        EpollEvents events = new EpollEvents(Math.min(call.maxevents(), MAX_EVENTS));
        if (timeout > 0) {
            SyscallResult result = kernel.epoll_wait(epoll.kernelFd(), events, timeout);
            synchronized (instance) {
                return result(result, events);
            }
        }
        synchronized (instance) {
            return result(kernel.epoll_wait(epoll.kernelFd(), events, 0), events);
        }
    }

    private Optional<Result> result(SyscallResult result, EpollEvents events) {
        return switch (result) {
            case Success(long count) when count == 0 -> Optional.empty();
            case Success(long count) -> Optional.of(events(events, (int) count));
            case Failure(Errno errno) when errno.equals(Errno.EINTR) -> Optional.empty();
            case Failure(Errno errno) -> Optional.of(new Result.Failure(errno));
        };
    }

    private Result events(EpollEvents events, int count) {
        List<Result.Event> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String data = instance.data(events.data(i));
            list.add(new Result.Event(events.events(i), data == null ? "null" : data));
        }
        return new Result.Events(list);
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

    @Override
    public Optional<Result> partial() {
        stop();
        return found;
    }

    @Override
    public int interest() {
        return Epoll.EPOLLIN;
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
