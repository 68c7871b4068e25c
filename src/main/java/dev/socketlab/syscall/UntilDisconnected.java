package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.Caller;
import java.util.Optional;

/**
 * A call that waits on a TCP socket. connect(2) to AF_UNSPEC ends it, with what it has done by then
 * or EPIPE; a recv leaves the error of the socket (ECONNRESET, where the connection was reset) to
 * the next call, a send takes it: sk_wait_event of include/net/sock.h, sk_stream_error of
 * net/core/stream.c.
 */
final class UntilDisconnected implements Operation {
    private final Kernel kernel;
    private final LeasedCall on;
    private final Operation call;
    private final boolean takesError;
    private boolean waits;
    private int disconnects;

    /**
     * @param takesError whether the error of the socket is the call's
     */
    UntilDisconnected(Kernel kernel, LeasedCall on, Operation call, boolean takesError) {
        this.kernel = kernel;
        this.on = on;
        this.call = call;
        this.takesError = takesError;
    }

    @Override
    public Optional<Result> attempt(int events) {
        if (!waits) {
            waits = true;
            disconnects = disconnects();
            return call.attempt(events);
        }
        synchronized (on.lease().description().drained()) { // no connect(2) comes between
            return disconnects() == disconnects
                    ? call.attempt(events)
                    : Optional.of(call.partial().orElseGet(this::broken));
        }
    }

    /** The kernel wakes before connect(2) returns; who has the lock has it noted too. */
    private int disconnects() {
        synchronized (on.lease().addressLock()) {
            return on.lease().description().attempts().disconnects();
        }
    }

    private Result broken() {
        return new Result.Failure(
                takesError
                        ? SocketError.take(kernel, on.lease().kernelFd(), Errno.EPIPE)
                        : Errno.EPIPE);
    }

    @Override
    public Caller.Watch begin(Waiter waiter) {
        return call.begin(waiter);
    }

    @Override
    public int interest() {
        return call.interest();
    }

    @Override
    public Limit limit() {
        return call.limit();
    }

    @Override
    public Optional<Result> partial() {
        return call.partial();
    }

    @Override
    public Result closed() {
        return call.closed();
    }
}
