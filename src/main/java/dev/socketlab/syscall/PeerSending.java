package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.session.Descriptor;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A send on a connected UNIX datagram socket. One that waits is for the peer that the socket had
 * when it began, also when the socket is disconnected or connected elsewhere meanwhile; where that
 * peer is gone then, it fails with ECONNRESET: unix_dgram_sendmsg of net/unix/af_unix.c.
 */
final class PeerSending implements Operation {
    private final Kernel kernel;
    private final Descriptor.Lease lease;
    private final SocketAddress.Unix peer;
    private final Sending sending;
    private final Supplier<Sending> towardPeer;
    private boolean waited;

    /**
     * @param peer what it is connected to
     * @param sending the send without an address
     * @param towardPeer the same with the address of the peer
     */
    PeerSending(
            Kernel kernel,
            Descriptor.Lease lease,
            SocketAddress.Unix peer,
            Sending sending,
            Supplier<Sending> towardPeer) {
        this.kernel = kernel;
        this.lease = lease;
        this.peer = peer;
        this.sending = sending;
        this.towardPeer = towardPeer;
    }

    /** What a UNIX socket is connected to, where that has a name. */
    static Optional<SocketAddress.Unix> peer(Kernel kernel, Descriptor.Lease lease) {
        OutBuffer addr = OutBuffer.forAddress();
        return kernel.getpeername(lease.kernelFd(), addr) instanceof Success
                        && addr.address() instanceof SocketAddress.Unix name
                        && name.path().length > 0
                ? Optional.of(name)
                : Optional.empty();
    }

    @Override
    public Optional<Result> attempt(int events) {
        boolean connected = !waited || isConnectedStill();
        Optional<Result> result =
                connected
                        ? sending.attempt(events)
                        : towardPeer.get().attempt(events).map(PeerSending::withoutPeer);
        waited |= result.isEmpty();
        return result;
    }

    private boolean isConnectedStill() {
        return peer(kernel, lease)
                .filter(now -> Arrays.equals(now.path(), peer.path()))
                .isPresent();
    }

    private static Result withoutPeer(Result result) {
        return result instanceof Result.Failure(Errno errno, String _)
                        && (errno.equals(Errno.ECONNREFUSED) || errno.equals(Errno.ENOENT))
                ? new Result.Failure(Errno.ECONNRESET)
                : result;
    }

    @Override
    public int interest() {
        return sending.interest();
    }

    @Override
    public Limit limit() {
        return sending.limit();
    }
}
