package dev.socketlab.syscall;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.abi.TcpState;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.session.OpenFileDescription;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * connect(2). A blocking connect goes on when it is called again, so that is how its outcome is
 * had; but not when the attempt was dissolved meanwhile, for then calling it again would begin
 * another. inet_stream_connect in the kernel's net/ipv4/af_inet.c is what it answers by.
 */
final class Connecting implements Operation {
    private final Kernel kernel;
    private final Addressing addressing;
    private final LeasedCall on;
    private final SocketAddress address;
    private Errno timedOut = Errno.EINPROGRESS;
    private boolean waited;
    private int disconnects;
    private int shutdowns;

    Connecting(Kernel kernel, Addressing addressing, LeasedCall on, SocketAddress address) {
        this.kernel = kernel;
        this.addressing = addressing;
        this.on = on;
        this.address = address;
    }

    /** Judges the address and makes the system call. */
    SyscallResult connect() {
        return locked(this::connectLocked);
    }

    private SyscallResult connectLocked() {
        SyscallResult result = addressing.connect(on.session(), on.lease(), address);
        if (result instanceof Success ? isDissolving() : hasFailed(result)) {
            on.lease().description().disconnected();
        }
        return result;
    }

    private boolean isDissolving() {
        return address.family() == AddressFamily.AF_UNSPEC;
    }

    /** Where it dissolves a connection, what was received is given to those who wait for more. */
    private <T> T locked(Supplier<T> connecting) {
        OpenFileDescription description = on.lease().description();
        if (!isDissolving()) {
            synchronized (on.lease().addressLock()) {
                return connecting.get();
            }
        }
        synchronized (description.drained()) {
            description.drained().settle();
            synchronized (on.lease().addressLock()) {
                return connecting.get();
            }
        }
    }

    @Override
    public Optional<Result> attempt(int events) {
        return locked(() -> waited ? again() : first());
    }

    private Optional<Result> first() {
        SyscallResult result = connectLocked();
        if (!isUnderWay(result)) {
            return Optional.of(Result.of(result));
        }
        if (result instanceof Failure(Errno errno)) {
            timedOut = errno;
        }
        waited = true;
        disconnects = on.lease().description().attempts().disconnects();
        shutdowns = on.lease().description().attempts().shutdowns();
        return Optional.empty();
    }

    private Optional<Result> again() {
        if (on.lease().description().attempts().disconnects() != disconnects) {
            return Optional.of(new Result.Failure(Errno.EPIPE));
        }
        if (on.lease().description().attempts().shutdowns() != shutdowns
                && state() == TcpState.CLOSE) {
            on.lease().description().disconnected();
            return Optional.of(
                    new Result.Failure(
                            SocketError.take(kernel, on.lease().kernelFd(), Errno.ECONNABORTED)));
        }
        SyscallResult result = connectLocked();
        if (isUnderWay(result)) {
            return Optional.empty();
        }
        // Another call that waited for the same connection has been told of it.
        return Optional.of(
                result.failedWith(Errno.EISCONN) ? new Result.Returned(0) : Result.of(result));
    }

    private static boolean isUnderWay(SyscallResult result) {
        return result.failedWith(Errno.EINPROGRESS) || result.failedWith(Errno.EALREADY);
    }

    /**
     * Whether it ended an attempt, which the kernel then dissolves; not one that it did not look
     * at.
     */
    private static boolean hasFailed(SyscallResult result) {
        return !isUnderWay(result)
                && !result.failedWith(Errno.EISCONN)
                && !result.failedWith(Errno.EINVAL)
                && !result.failedWith(Errno.EAFNOSUPPORT);
    }

    private int state() {
        OutBuffer optval = new OutBuffer(1);
        boolean read =
                kernel.getsockopt(
                                on.lease().kernelFd(),
                                IpProtocol.IPPROTO_TCP,
                                IpprotoTcp.TCP_INFO,
                                optval)
                        instanceof Success;
        return read && optval.bytes().length == 1 ? optval.bytes()[0] : TcpState.CLOSE;
    }

    @Override
    public boolean alwaysWaits() {
        return true;
    }

    @Override
    public int interest() {
        return EpollEvent.EPOLLOUT;
    }

    @Override
    public Limit limit() {
        return new Limit.Option(SolSocket.SO_SNDTIMEO, timedOut);
    }
}
