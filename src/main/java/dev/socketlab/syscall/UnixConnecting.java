package dev.socketlab.syscall;

import static dev.socketlab.abi.EpollEvent.EPOLLIN;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.ByteBuffer;
import java.util.Optional;

/** connect(2) of a UNIX socket: it is done at once, or the listener's backlog has no room. */
final class UnixConnecting implements Operation {
    private final Kernel kernel;
    private final Addressing addressing;
    private final LeasedCall on;
    private final SocketAddress address;

    UnixConnecting(Kernel kernel, Addressing addressing, LeasedCall on, SocketAddress address) {
        this.kernel = kernel;
        this.addressing = addressing;
        this.on = on;
        this.address = address;
    }

    /** Judges the address and makes the system call. */
    SyscallResult connect() {
        return addressing.connect(on.session(), on.lease(), address);
    }

    /**
     * Of datagrams. A socket that leaves its peer loses those that it has not received, so there is
     * room for others: unix_dgram_disconnected of net/unix/af_unix.c.
     */
    Result disconnecting() {
        synchronized (on.lease().addressLock()) {
            Optional<ByteBuffer> before = peer();
            boolean queued = isReadable();
            SyscallResult result = connect();
            boolean left =
                    result instanceof Success && before.isPresent() && !before.equals(peer());
            if (left && queued) {
                on.lease().description().peerWait().wakeAll();
            }
            return Result.of(result);
        }
    }

    private Optional<ByteBuffer> peer() {
        OutBuffer addr = OutBuffer.forAddress();
        return kernel.getpeername(on.lease().kernelFd(), addr) instanceof Success
                ? Optional.of(ByteBuffer.wrap(addr.bytes()))
                : Optional.empty();
    }

    private boolean isReadable() {
        return kernel.poll(on.lease().kernelFd(), EPOLLIN) instanceof Success(long revents)
                && revents != 0;
    }

    @Override
    public Optional<Result> attempt(int events) {
        SyscallResult result = connect();
        return result.failedWith(Errno.EAGAIN) ? Optional.empty() : Optional.of(Result.of(result));
    }

    @Override
    public int interest() {
        return 0;
    }

    @Override
    public Limit limit() {
        return new Limit.Option(SolSocket.SO_SNDTIMEO, Errno.EAGAIN);
    }
}
