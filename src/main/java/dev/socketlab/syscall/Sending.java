package dev.socketlab.syscall;

import static dev.socketlab.abi.EpollEvent.EPOLLHUP;
import static dev.socketlab.abi.EpollEvent.EPOLLOUT;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.util.Optional;

/** A blocking send: it has ended when all of it is in the kernel's buffer. */
final class Sending implements Operation {
    private final byte[] buf;
    private final Putting putting;
    private int sent;

    /** The kernel's call that takes bytes, from an offset. */
    interface Putting {
        SyscallResult put(byte[] buf, int offset, int length);
    }

    Sending(byte[] buf, Putting putting) {
        this.buf = buf;
        this.putting = putting;
    }

    /** Sends what there is room for now. */
    Result once() {
        return Result.of(putting.put(buf, 0, buf.length));
    }

    /**
     * When part of it is sent and the connection then breaks, the part is answered and the error is
     * left in the socket for the next call; a try would take it.
     */
    @Override
    public Optional<Result> attempt(int events) {
        if (sent > 0 && (events & EPOLLHUP) != 0) {
            return partial();
        }
        return switch (putting.put(buf, sent, buf.length - sent)) {
            case Success(long taken) -> {
                sent += (int) taken;
                yield sent == buf.length ? sent() : Optional.empty();
            }
            case Failure(Errno errno) when wouldBlock(errno) -> Optional.empty();
            case Failure(Errno errno) ->
                    Optional.of(partial().orElseGet(() -> new Result.Failure(errno)));
        };
    }

    /** With MSG_FASTOPEN a send begins a connection, and waits for it. */
    private static boolean wouldBlock(Errno errno) {
        return errno.equals(Errno.EAGAIN) || errno.equals(Errno.EINPROGRESS);
    }

    @Override
    public int interest() {
        return EPOLLOUT;
    }

    @Override
    public Limit limit() {
        return new Limit.Option(SolSocket.SO_SNDTIMEO, Errno.EAGAIN);
    }

    @Override
    public Optional<Result> partial() {
        return sent == 0 ? Optional.empty() : sent();
    }

    /** Whether some of it is in the kernel, and not all. */
    boolean isPart() {
        return sent > 0 && sent < buf.length;
    }

    private Optional<Result> sent() {
        return Optional.of(new Result.Returned(sent));
    }
}
