package dev.socketlab.session;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.Readiness;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A file descriptor of a session. Calls use it under a {@link Lease}; it is OPEN, then
 * CLOSE_PENDING from the moment somebody closes it, when no lease is given any more and waits are
 * woken, then CLOSED once the last lease is back. The kernel's fd is closed exactly once, at that
 * moment, so that no call can find another socket under its number.
 */
public final class Descriptor {
    private enum State {
        OPEN,
        CLOSE_PENDING,
        CLOSED
    }

    private final int kernelFd;
    private final OpenFileDescription description;
    private final Readiness readiness;
    private final Supplier<Optional<Lingering>> closing;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean closeOnExec;
    private volatile Optional<Lingering> lingering = Optional.empty();
    private State state = State.OPEN;
    private int leases;

    /**
     * @param closing closes the kernel's fd and tells what then goes on by itself; run once, by
     *     whoever gives the last lease back
     */
    Descriptor(
            int kernelFd,
            OpenFileDescription description,
            Readiness readiness,
            boolean closeOnExec,
            Supplier<Optional<Lingering>> closing) {
        this.kernelFd = kernelFd;
        this.description = description;
        this.readiness = readiness;
        this.closeOnExec = closeOnExec;
        this.closing = closing;
        description.opened();
        description.waits().add(readiness);
    }

    /** The right to use a descriptor, until it is closed; closing it again does nothing. */
    public final class Lease implements AutoCloseable {
        private final AtomicBoolean released = new AtomicBoolean();

        private Lease() {}

        public int kernelFd() {
            return kernelFd;
        }

        public Readiness readiness() {
            return readiness;
        }

        public OpenFileDescription description() {
            return description;
        }

        /** What the socket was made as. */
        public SocketKind kind(Kernel kernel) {
            return description.kind(kernel, kernelFd);
        }

        /** Whether nobody has begun to close it. */
        public boolean isOpen() {
            synchronized (Descriptor.this) {
                return state == State.OPEN;
            }
        }

        public boolean isBlocking() {
            return !description.isNonblocking();
        }

        /**
         * Whether a call that began as one that waits has to end, since receiving is shut down; the
         * kernel gives one that does not wait EAGAIN, and one whose SO_RCVTIMEO is negative.
         */
        public boolean isReceivingOver(Kernel kernel) {
            return !description.negativeTimeouts().has(true)
                    && kernel.poll(kernelFd, EpollEvent.EPOLLRDHUP) instanceof Success(long revents)
                    && (revents & EpollEvent.EPOLLRDHUP) != 0;
        }

        /** F_GETFL: the kernel's flags, but O_NONBLOCK, which is the session's. */
        public SyscallResult statusFlags(Kernel kernel) {
            return switch (kernel.fcntl(kernelFd, FcntlCommand.F_GETFL, 0)) {
                case Success(long flags) -> {
                    long nonblock = isBlocking() ? 0 : StatusFlag.O_NONBLOCK;
                    yield new Success((flags & ~StatusFlag.O_NONBLOCK) | nonblock);
                }
                case Failure failure -> failure;
            };
        }

        public boolean isCloseOnExec() {
            return closeOnExec;
        }

        public void setCloseOnExec(boolean value) {
            closeOnExec = value;
        }

        /** Held while an address is judged and used, so that the judged one is the one used. */
        public Object addressLock() {
            return description;
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                release();
            }
        }
    }

    /** A lease; empty where the descriptor is closing or closed. */
    synchronized Optional<Lease> lease() {
        if (state != State.OPEN) {
            return Optional.empty();
        }
        leases++;
        return Optional.of(new Lease());
    }

    /** Ends the waits on it, and those that would still begin. */
    void endWaits() {
        description.waits().remove(readiness);
        readiness.close();
    }

    /**
     * Begins to close: wakes the waits, gives no lease from now on, and closes the kernel's fd at
     * once or when the last lease comes back. Answers false, having done nothing, if it had begun
     * before.
     */
    public boolean beginClose() {
        boolean now;
        synchronized (this) {
            if (state != State.OPEN) {
                return false;
            }
            state = State.CLOSE_PENDING;
            now = leases == 0;
            if (now) {
                state = State.CLOSED;
            }
        }
        endWaits();
        if (now) {
            finish();
        }
        return true;
    }

    /** Waits until the kernel's fd is closed; nobody who has a lease may call. */
    public Optional<Lingering> awaitClosed() {
        boolean interrupted = false;
        while (true) {
            try {
                closed.await();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return lingering;
    }

    private void release() {
        boolean last;
        synchronized (this) {
            leases--;
            last = leases == 0 && state == State.CLOSE_PENDING;
            if (last) {
                state = State.CLOSED;
            }
        }
        if (last) {
            finish();
        }
    }

    private void finish() {
        try {
            lingering = closing.get();
        } finally {
            closed.countDown();
        }
    }
}
