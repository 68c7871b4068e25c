package dev.socketlab.session;

import static dev.socketlab.linux.Epoll.EPOLLERR;
import static dev.socketlab.linux.Epoll.EPOLLHUP;
import static dev.socketlab.linux.Epoll.EPOLLOUT;
import static dev.socketlab.linux.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.linux.MessageFlag.MSG_NOSIGNAL;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SolSocket;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.util.Optional;

/** Bytes out and in: send(2), write(2), recv(2), read(2). */
final class Transfers {
    private final Kernel kernel;
    private final Blocking blocking;
    private final int maxLen;

    Transfers(Kernel kernel, Blocking blocking, int maxLen) {
        this.kernel = kernel;
        this.blocking = blocking;
        this.maxLen = maxLen;
    }

    /** The kernel's call that takes bytes, from an offset. */
    private interface Putting {
        SyscallResult put(byte[] buf, int offset, int length);
    }

    Result send(Session session, Descriptor.Lease lease, Call.Send call, Caller caller) {
        boolean blocks = lease.isBlocking() && (call.flags() & MSG_DONTWAIT) == 0;
        int flags = call.flags() | MSG_DONTWAIT | MSG_NOSIGNAL;
        int fd = lease.kernelFd();
        return put(
                session,
                lease,
                call,
                blocks,
                call.buf(),
                (buf, offset, length) -> kernel.send(fd, buf, offset, length, flags),
                caller);
    }

    Result write(Session session, Descriptor.Lease lease, Call.Write call, Caller caller) {
        int fd = lease.kernelFd();
        return put(
                session,
                lease,
                call,
                lease.isBlocking(),
                call.buf(),
                (buf, offset, length) -> kernel.write(fd, buf, offset, length),
                caller);
    }

    Result recv(Session session, Descriptor.Lease lease, Call.Recv call, Caller caller) {
        int flags = call.flags();
        int fd = lease.kernelFd();
        Receiving receiving =
                new Receiving(
                        kernel,
                        lease,
                        length(call.len()),
                        flags,
                        caller,
                        (buf, length) -> kernel.recv(fd, buf, length, flags | MSG_DONTWAIT));
        return receive(session, lease, call, receiving, caller);
    }

    Result read(Session session, Descriptor.Lease lease, Call.Read call, Caller caller) {
        int fd = lease.kernelFd();
        Receiving receiving =
                new Receiving(
                        kernel,
                        lease,
                        length(call.count()),
                        0,
                        caller,
                        (buf, length) -> kernel.read(fd, buf, length));
        return receive(session, lease, call, receiving, caller);
    }

    private int length(long len) {
        return (int) Math.min(len, maxLen);
    }

    private Result receive(
            Session session,
            Descriptor.Lease lease,
            Call call,
            Receiving receiving,
            Caller caller) {
        return lease.isBlocking() && receiving.mayBlock()
                ? blocking.run(session, lease, call, receiving.untilTarget(), caller)
                : receiving.once();
    }

    private Result put(
            Session session,
            Descriptor.Lease lease,
            Call call,
            boolean blocks,
            byte[] buf,
            Putting putting,
            Caller caller) {
        if (blocks) {
            return blocking.run(session, lease, call, new Sending(buf, putting), caller);
        }
        return switch (putting.put(buf, 0, buf.length)) {
            case Success(long sent) -> new Result.Returned((int) sent);
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    /** A blocking send: it has ended when all of it is in the kernel's buffer. */
    private static final class Sending implements Operation {
        private final byte[] buf;
        private final Putting putting;
        private int sent;

        Sending(byte[] buf, Putting putting) {
            this.buf = buf;
            this.putting = putting;
        }

        /**
         * When part of it is sent and the connection then breaks, the part is answered and the
         * error is left in the socket for the next call; a try would take it.
         */
        @Override
        public Optional<Result> attempt(int events) {
            if (sent > 0 && (events & (EPOLLERR | EPOLLHUP)) != 0) {
                return partial();
            }
            return switch (putting.put(buf, sent, buf.length - sent)) {
                case Success(long taken) -> {
                    sent += (int) taken;
                    yield sent == buf.length ? sent() : Optional.empty();
                }
                case Failure(Errno errno) when errno.equals(Errno.EAGAIN) -> Optional.empty();
                case Failure(Errno errno) ->
                        Optional.of(partial().orElseGet(() -> new Result.Failure(errno)));
            };
        }

        @Override
        public int interest() {
            return EPOLLOUT;
        }

        @Override
        public int timeout() {
            return SolSocket.SO_SNDTIMEO;
        }

        @Override
        public Optional<Result> partial() {
            return sent == 0 ? Optional.empty() : sent();
        }

        private Optional<Result> sent() {
            return Optional.of(new Result.Returned(sent));
        }
    }
}
