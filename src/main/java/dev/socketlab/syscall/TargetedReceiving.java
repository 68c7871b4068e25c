package dev.socketlab.syscall;

import static dev.socketlab.abi.EpollEvent.EPOLLHUP;
import static dev.socketlab.abi.EpollEvent.EPOLLIN;
import static dev.socketlab.abi.EpollEvent.EPOLLPRI;
import static dev.socketlab.abi.EpollEvent.EPOLLRDHUP;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Result;
import dev.socketlab.linux.IntOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Drained;
import dev.socketlab.session.OpenFileDescription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Waits for a number of bytes, and takes them in one go where the receive buffer can hold them;
 * where it cannot, they are drained from it as they come, and kept with the open file description.
 */
final class TargetedReceiving implements Operation {
    /**
     * The end of the stream, or an urgent byte, at which the kernel stops too. An error that ends a
     * connection hangs it up; EPOLLERR alone is a message in the error queue.
     */
    private static final int ENDS = EPOLLRDHUP | EPOLLHUP | EPOLLPRI;

    /** SO_MEMINFO: SK_MEMINFO_RMEM_ALLOC and SK_MEMINFO_RCVBUF are the first two of nine u32. */
    private static final int MEMINFO_SIZE = 36;

    /** Less than the send buffer that a UNIX socket has unless it is set. */
    private static final int UNIX_FULL = 65536;

    private final Receiving receiving;
    private final OpenFileDescription description;
    private final Kernel kernel;
    private final int fd;
    private final int target;
    private final int disconnects;
    private Optional<Result> kept = Optional.empty();
    private int had;

    private TargetedReceiving(Receiving receiving, Kernel kernel, int target) {
        this.receiving = receiving;
        this.description = receiving.description();
        this.kernel = kernel;
        this.fd = receiving.fd();
        this.target = target;
        this.disconnects = description.attempts().disconnects();
    }

    /** Receives, waiting for as much as a blocking call waits for. */
    static Operation until(Receiving receiving, Kernel kernel) {
        int target = receiving.target();
        return target <= 1
                ? receiving.forAnything()
                : new TargetedReceiving(receiving, kernel, target);
    }

    @Override
    public Optional<Result> attempt(int events) {
        while (!isThere()) {
            int left = target - description.drained().size();
            boolean full = isAtMark() || !staysInKernel(left);
            boolean stays = receiving.isPeek() || left <= 0 || !full || staysWithCredentials();
            if (stays || !receiving.drain(left)) {
                return Optional.empty();
            }
        }
        if (!receiving.isPeek() && receiving.isCallerGone()) {
            return Optional.of(receiving.leave());
        }
        synchronized (description.drained()) {
            return isThere() ? receiving.receive(receiving.most()) : Optional.empty();
        }
    }

    /**
     * Drained bytes leave the credentials of who sent them; so they are not, while there is room.
     */
    private boolean staysWithCredentials() {
        return receiving.isWhole()
                && isUnix()
                && IntOption.of(kernel, fd, SocketLevel.SOL_SOCKET, SolSocket.SO_PASSCRED, 0) != 0
                && receiving.available() < UNIX_FULL;
    }

    private boolean isUnix() {
        return description.kind(kernel, fd).isUnix();
    }

    /**
     * Whether enough has come, or no more will: a message with file descriptors ends what is
     * received at once, unix_stream_read_generic.
     */
    private boolean isThere() {
        int available = receiving.available();
        return available < 0 || available >= target || receiving.hasRights() || isEnded(available);
    }

    /**
     * What the kernel would have copied by now is the call's also when the connection is dissolved:
     * with SO_RCVLOWAT that is what had come when it began.
     */
    @Override
    public Caller.Watch begin(Waiter waiter) {
        had = receiving.available();
        Drained.Claim claim = this::keep;
        description.drained().add(claim);
        return () -> description.drained().remove(claim);
    }

    private void keep() {
        int there = Math.min(target, receiving.available());
        int copied = receiving.takesAsItComes() ? there : Math.min(had, there);
        if (copied > 0 && (receiving.isPeek() || !receiving.isCallerGone())) {
            kept = receiving.receive(copied);
        }
    }

    @Override
    public int interest() {
        return EPOLLIN;
    }

    @Override
    public Limit limit() {
        return new Limit.Option(SolSocket.SO_RCVTIMEO, Errno.EAGAIN);
    }

    /** The wait is over: what has come is taken and answered, as after a signal. */
    @Override
    public Optional<Result> partial() {
        synchronized (description.drained()) {
            if (kept.isPresent() || description.attempts().disconnects() != disconnects) {
                return kept;
            }
        }
        return receiving.available() > 0 ? receiving.take() : Optional.empty();
    }

    /** An urgent byte ends a recv that comes to it, not one that begins behind it. */
    private boolean isEnded(int available) {
        if (!(kernel.poll(fd, EPOLLIN | ENDS) instanceof Success(long revents))) {
            return false;
        }
        boolean urgent = (revents & EPOLLPRI) != 0 && available > 0 && !isAtMark();
        return urgent || (revents & ENDS & ~EPOLLPRI) != 0;
    }

    private boolean isAtMark() {
        return kernel.ioctl(fd, Ioctl.SIOCATMARK) instanceof Success(long atMark) && atMark == 1;
    }

    /**
     * Whether the receive buffer will hold the rest until it is all there. Half of it is for the
     * kernel's own use, and when the other half is full no more comes before some is taken. What a
     * UNIX socket has to receive is in its peer's send buffer, of which it knows nothing.
     */
    private boolean staysInKernel(int left) {
        if (isUnix()) {
            return false;
        }
        OutBuffer optval = new OutBuffer(MEMINFO_SIZE);
        if (!(kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_MEMINFO, optval)
                instanceof Success)) {
            return true;
        }
        ByteBuffer meminfo = ByteBuffer.wrap(optval.bytes()).order(ByteOrder.nativeOrder());
        int rmemAlloc = meminfo.getInt();
        int half = meminfo.getInt() / 2;
        return rmemAlloc == 0 || (left <= half && rmemAlloc < half);
    }
}
