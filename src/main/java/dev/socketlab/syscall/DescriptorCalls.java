package dev.socketlab.syscall;

import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.Host;
import dev.socketlab.policy.SocketPolicy;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Descriptors;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.Lingering;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.OpenFileDescription;
import dev.socketlab.session.OpenFiles;
import dev.socketlab.session.Session;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Descriptors themselves: socket(2), socketpair(2), dup(2), fcntl(2), ioctl(2), close(2). */
final class DescriptorCalls {
    private final Kernel kernel;
    private final Descriptors descriptors;
    private final Blocking blocking;

    DescriptorCalls(Kernel kernel, Descriptors descriptors, Blocking blocking) {
        this.kernel = kernel;
        this.blocking = blocking;
        this.descriptors = descriptors;
    }

    /** As in the kernel, the socket is made first and its number is looked for afterwards. */
    Result socket(Session session, Call.Socket call) {
        session.network().sockets().judge(call.domain(), call.type(), call.protocol());
        int type = call.type() | SocketFlag.SOCK_NONBLOCK | SocketFlag.SOCK_CLOEXEC;
        Host host = session.network().host(call.host(), call.domain());
        return descriptors.make(
                session,
                0,
                () -> host.socket(call.domain(), type, call.protocol()),
                new OpenFileDescription(host, (call.type() & SocketFlag.SOCK_NONBLOCK) != 0),
                (call.type() & SocketFlag.SOCK_CLOEXEC) != 0);
    }

    /** As in the kernel, both numbers are taken first. */
    Result socketpair(Session session, Call.Socketpair call) {
        OptionalInt first = session.resources().fds().reserve(0);
        OptionalInt second = first.isEmpty() ? first : session.resources().fds().reserve(0);
        boolean made = false;
        try {
            if (second.isEmpty()) {
                return new Result.Failure(Errno.EMFILE);
            }
            session.network().sockets().judge(call.domain(), call.type(), call.protocol());
            Result result = pair(session, call, first.getAsInt(), second.getAsInt());
            made = result instanceof Result.NewPair;
            return result;
        } finally {
            if (!made) {
                first.ifPresent(session.resources().fds()::unreserve);
                second.ifPresent(session.resources().fds()::unreserve);
            }
        }
    }

    private Result pair(Session session, Call.Socketpair call, int first, int second) {
        int type = call.type() | SocketFlag.SOCK_NONBLOCK | SocketFlag.SOCK_CLOEXEC;
        boolean nonblocking = (call.type() & SocketFlag.SOCK_NONBLOCK) != 0;
        boolean closeOnExec = (call.type() & SocketFlag.SOCK_CLOEXEC) != 0;
        Host host = session.network().host(null, call.domain());
        int[] sv = new int[2];
        OpenFiles openFiles = descriptors.openFiles();
        openFiles.take(sv.length);
        boolean made = false;
        try {
            SyscallResult result =
                    openFiles.checked(host.socketpair(call.domain(), type, call.protocol(), sv));
            if (result instanceof Failure(Errno errno)) {
                return new Result.Failure(errno);
            }
            made = true;
        } finally {
            if (!made) {
                openFiles.giveBack(sv.length);
            }
        }
        OpenFileDescription one = new OpenFileDescription(host, nonblocking);
        try {
            descriptors.open(session, first, sv[0], one, closeOnExec);
        } catch (NotFoundException e) {
            descriptors.closing().discard(sv[1]);
            throw e;
        }
        OpenFileDescription other = new OpenFileDescription(host, nonblocking);
        descriptors.open(session, second, sv[1], other, closeOnExec);
        return new Result.NewPair(first, second);
    }

    Result close(Invocation invocation, Call.Close call) {
        Optional<Descriptor> descriptor = invocation.session().resources().fds().remove(call.fd());
        if (descriptor.isEmpty() || !descriptor.get().beginClose()) {
            return new Result.Failure(Errno.EBADF);
        }
        awaitClosed(invocation, descriptor.get());
        return new Result.Returned(0);
    }

    private void awaitClosed(Invocation invocation, Descriptor closing) {
        closing.awaitClosed().ifPresent(lingering -> linger(invocation, lingering));
    }

    Result dup(LeasedCall on) {
        return duplicate(on.session(), on.lease(), 0, false);
    }

    /**
     * As in the kernel, what was open under the new number is closed after it has been replaced; by
     * then the old number is held no more, or two calls could wait for one another.
     */
    Result dup2(Invocation invocation, Call.Dup2 call) {
        Session session = invocation.session();
        AtomicReference<@Nullable Descriptor> replaced = new AtomicReference<>();
        Result result =
                session.resources()
                        .fds()
                        .lease(call.oldfd())
                        .map(lease -> replace(new LeasedCall(invocation, lease), call, replaced))
                        .orElseGet(() -> new Result.Failure(Errno.EBADF));
        Descriptor old = replaced.get();
        if (old != null && old.beginClose()) {
            awaitClosed(invocation, old);
        }
        return result;
    }

    private Result replace(
            LeasedCall on, Call.Dup2 call, AtomicReference<@Nullable Descriptor> replaced) {
        int newfd = call.newfd();
        try (Descriptor.Lease lease = on.lease()) {
            if (newfd == call.oldfd()) {
                return new Result.NewDescriptor(newfd, null, false);
            }
            if (newfd < 0 || newfd >= on.session().resources().fds().limit()) {
                return new Result.Failure(Errno.EBADF);
            }
            descriptors.openFiles().take();
            int kernelFd = descriptors.duplicate(lease);
            return descriptors.replace(
                            on.session(), newfd, kernelFd, lease.description(), replaced::set)
                    ? new Result.NewDescriptor(newfd, null, false)
                    : new Result.Failure(Errno.EBUSY);
        }
    }

    Result ioctl(Descriptor.Lease lease, Call.Ioctl call) {
        return switch (kernel.ioctl(lease.kernelFd(), call.request())) {
            case Success(long value) when call.request() == Ioctl.SIOCINQ ->
                    new Result.Value((int) value + lease.description().drained().size());
            case Success(long value) -> new Result.Value((int) value);
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    /** The fd is closed already, so where the call may not wait it answers at once. */
    private void linger(Invocation invocation, Lingering lingering) {
        try (Blocking.Permit _ = blocking.permit(invocation)) {
            descriptors
                    .closing()
                    .linger(invocation.session(), lingering, invocation.caller().patience());
        } catch (LimitException _) {
            return;
        }
    }

    /** The flags of the descriptor, and O_NONBLOCK, are the session's; the rest is the kernel's. */
    Result fcntl(LeasedCall on, Call.Fcntl call) {
        int cmd = call.cmd();
        return switch (cmd) {
            case FcntlCommand.F_GETFL -> getStatusFlags(on.lease());
            case FcntlCommand.F_SETFL -> setStatusFlags(on.lease(), call.arg());
            case FcntlCommand.F_GETFD ->
                    new Result.Flags(
                            cmd, on.lease().isCloseOnExec() ? DescriptorFlag.FD_CLOEXEC : 0);
            case FcntlCommand.F_SETFD -> {
                on.lease().setCloseOnExec((call.arg() & DescriptorFlag.FD_CLOEXEC) != 0);
                yield new Result.Returned(0);
            }
            case FcntlCommand.F_DUPFD -> duplicate(on.session(), on.lease(), call.arg(), false);
            case FcntlCommand.F_DUPFD_CLOEXEC ->
                    duplicate(on.session(), on.lease(), call.arg(), true);
            default -> otherFcntl(on.lease(), call);
        };
    }

    private Result getStatusFlags(Descriptor.Lease lease) {
        return switch (lease.statusFlags(kernel)) {
            case Success(long flags) -> new Result.Flags(FcntlCommand.F_GETFL, (int) flags);
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    private Result setStatusFlags(Descriptor.Lease lease, int flags) {
        SyscallResult result =
                kernel.fcntl(lease.kernelFd(), FcntlCommand.F_SETFL, flags | StatusFlag.O_NONBLOCK);
        if (result instanceof Success) {
            lease.description().setNonblocking((flags & StatusFlag.O_NONBLOCK) != 0);
        }
        return Result.of(result);
    }

    private Result duplicate(Session session, Descriptor.Lease lease, int from, boolean cloexec) {
        if (from < 0 || from >= session.resources().fds().limit()) {
            return new Result.Failure(Errno.EINVAL);
        }
        return descriptors.make(
                session,
                from,
                () -> kernel.fcntl(lease.kernelFd(), FcntlCommand.F_DUPFD_CLOEXEC, 0),
                lease.description(),
                cloexec);
    }

    private Result otherFcntl(Descriptor.Lease lease, Call.Fcntl call) {
        SocketPolicy.judgeFcntl(call.cmd());
        return Result.of(kernel.fcntl(lease.kernelFd(), call.cmd(), call.arg()));
    }
}
