package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import java.util.Optional;

/**
 * connect(2) of a UNIX socket: it is done at once, or it waits until the listener's backlog has
 * room, of which epoll tells nothing.
 */
final class UnixConnecting implements Operation {
    private final Addressing addressing;
    private final LeasedCall on;
    private final SocketAddress address;

    UnixConnecting(Addressing addressing, LeasedCall on, SocketAddress address) {
        this.addressing = addressing;
        this.on = on;
        this.address = address;
    }

    /** Judges the address and makes the system call. */
    SyscallResult connect() {
        return addressing.connect(on.session(), on.lease(), address);
    }

    @Override
    public Optional<Result> attempt(int events) {
        SyscallResult result = connect();
        return result.failedWith(Errno.EAGAIN) ? Optional.empty() : Optional.of(Result.of(result));
    }

    @Override
    public boolean waitsForPeer() {
        return true;
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
