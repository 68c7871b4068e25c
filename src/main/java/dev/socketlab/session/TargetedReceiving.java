package dev.socketlab.session;

import static dev.socketlab.linux.Epoll.EPOLLERR;
import static dev.socketlab.linux.Epoll.EPOLLHUP;
import static dev.socketlab.linux.Epoll.EPOLLIN;
import static dev.socketlab.linux.Epoll.EPOLLPRI;
import static dev.socketlab.linux.Epoll.EPOLLRDHUP;

import dev.socketlab.call.Result;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.linux.SolSocket;
import dev.socketlab.linux.SyscallResult.Success;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Waits for a number of bytes, and takes them in one go where the receive buffer can hold them;
 * where it cannot, piece by piece as they come.
 */
final class TargetedReceiving implements Operation {
    /** The end of the stream, an error, or an urgent byte, at which the kernel stops too. */
    private static final int ENDS = EPOLLRDHUP | EPOLLHUP | EPOLLERR | EPOLLPRI;

    /** SO_MEMINFO: SK_MEMINFO_RMEM_ALLOC and SK_MEMINFO_RCVBUF are the first two of nine u32. */
    private static final int MEMINFO_SIZE = 36;

    private final Receiving receiving;
    private final Kernel kernel;
    private final int fd;
    private final int target;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private long returned;

    TargetedReceiving(Receiving receiving, Kernel kernel, int fd, int target) {
        this.receiving = receiving;
        this.kernel = kernel;
        this.fd = fd;
        this.target = target;
    }

    @Override
    public Optional<Result> attempt(int events) {
        int inq = receiving.inq();
        boolean ended = inq < 0 || isEnded();
        boolean wait = !ended && returned + inq < target;
        if (wait && (receiving.isPeek() || inq == 0 || staysInKernel())) {
            return Optional.empty();
        }
        if (ended && inq <= 0 && returned > 0) {
            return Optional.of(answer()); // an error stays in the socket for the next call
        }
        Optional<Result> result = take();
        return result.isPresent() && (ended || returned >= target || isFailure(result.get()))
                ? result
                : Optional.empty();
    }

    private static boolean isFailure(Result result) {
        return result instanceof Result.Failure;
    }

    @Override
    public int interest() {
        return EPOLLIN;
    }

    @Override
    public int timeout() {
        return SolSocket.SO_RCVTIMEO;
    }

    /** The wait is over: what has come is taken and answered, as after a signal. */
    @Override
    public Optional<Result> partial() {
        Optional<Result> last = take();
        return last.isPresent() && isFailure(last.get())
                ? last
                : returned == 0 ? Optional.empty() : Optional.of(answer());
    }

    /**
     * Takes what there is; empty for nothing. A failure puts back what was taken before where the
     * caller has gone, and else leaves it to be answered.
     */
    private Optional<Result> take() {
        Optional<Result> result = receiving.take(receiving.len() - (int) returned);
        if (result.isPresent() && result.get() instanceof Result.Received received) {
            returned += received.returned();
            taken.writeBytes(received.bytes());
            return Optional.of(answer());
        }
        if (result.isPresent() && result.get() instanceof Result.Failure failure) {
            return Optional.of(failed(failure));
        }
        return Optional.empty();
    }

    private Result failed(Result.Failure failure) {
        if (returned == 0) {
            return failure;
        }
        if (failure.errno().equals(Errno.EINTR)) {
            receiving.putBack(taken.toByteArray());
            returned = 0;
            return failure;
        }
        return answer();
    }

    private Result answer() {
        return new Result.Received(returned, taken.toByteArray());
    }

    private boolean isEnded() {
        return kernel.poll(fd, EPOLLIN | ENDS) instanceof Success(long revents)
                && (revents & ENDS) != 0;
    }

    /**
     * Whether the receive buffer will hold the rest until it is all there. Half of it is for the
     * kernel's own use, and when the other half is full no more comes before some is taken.
     */
    private boolean staysInKernel() {
        OutBuffer optval = new OutBuffer(MEMINFO_SIZE);
        if (!(kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_MEMINFO, optval)
                instanceof Success)) {
            return true;
        }
        ByteBuffer meminfo = ByteBuffer.wrap(optval.bytes()).order(ByteOrder.nativeOrder());
        int rmemAlloc = meminfo.getInt();
        int half = meminfo.getInt() / 2;
        return target - returned <= half && rmemAlloc < half;
    }
}
