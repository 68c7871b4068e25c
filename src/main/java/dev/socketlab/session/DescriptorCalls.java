package dev.socketlab.session;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.DescriptorFlag;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.FcntlCommand;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketFlag;
import dev.socketlab.linux.StatusFlag;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.Host;
import dev.socketlab.network.PolicyException;
import dev.socketlab.network.PolicyException.Rule;
import dev.socketlab.network.SocketPolicy;
import java.util.Optional;
import java.util.OptionalInt;

/** Descriptors themselves: socket(2), fcntl(2), close(2). */
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
        SocketPolicy.judge(call.domain(), call.type(), call.protocol());
        int type = call.type() | SocketFlag.SOCK_NONBLOCK | SocketFlag.SOCK_CLOEXEC;
        Host host = session.network().host(call.host(), call.domain());
        return make(
                session,
                0,
                () -> host.socket(call.domain(), type, call.protocol()),
                new OpenFileDescription(host, (call.type() & SocketFlag.SOCK_NONBLOCK) != 0),
                (call.type() & SocketFlag.SOCK_CLOEXEC) != 0);
    }

    Result close(Session session, Call.Close call, Caller caller) {
        Optional<Descriptor> descriptor = session.fds().remove(call.fd());
        if (descriptor.isEmpty() || !descriptor.get().beginClose()) {
            return new Result.Failure(Errno.EBADF);
        }
        descriptor
                .get()
                .awaitClosed()
                .ifPresent(lingering -> linger(session, call, lingering, caller));
        return new Result.Returned(0);
    }

    /** The fd is closed already, so where the call may not wait it answers at once. */
    private void linger(Session session, Call.Close call, Lingering lingering, Caller caller) {
        try (Blocking.Permit _ = blocking.permit(session, call)) {
            descriptors.linger(session, lingering, caller.patience());
        } catch (LimitException _) {
            return;
        }
    }

    /** The flags of the descriptor, and O_NONBLOCK, are the session's; the rest is the kernel's. */
    Result fcntl(Session session, Descriptor.Lease lease, Call.Fcntl call) {
        int cmd = call.cmd();
        return switch (cmd) {
            case FcntlCommand.F_GETFL -> getStatusFlags(lease);
            case FcntlCommand.F_SETFL -> setStatusFlags(lease, call.arg());
            case FcntlCommand.F_GETFD ->
                    new Result.Flags(cmd, lease.isCloseOnExec() ? DescriptorFlag.FD_CLOEXEC : 0);
            case FcntlCommand.F_SETFD -> {
                lease.setCloseOnExec((call.arg() & DescriptorFlag.FD_CLOEXEC) != 0);
                yield new Result.Returned(0);
            }
            case FcntlCommand.F_DUPFD -> duplicate(session, lease, call.arg(), false);
            case FcntlCommand.F_DUPFD_CLOEXEC -> duplicate(session, lease, call.arg(), true);
            default -> otherFcntl(lease, call);
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
        return Calls.returned(result);
    }

    private Result duplicate(Session session, Descriptor.Lease lease, int from, boolean cloexec) {
        if (from < 0 || from >= session.fds().limit()) {
            return new Result.Failure(Errno.EINVAL);
        }
        return make(
                session,
                from,
                () -> kernel.fcntl(lease.kernelFd(), FcntlCommand.F_DUPFD_CLOEXEC, 0),
                lease.description(),
                cloexec);
    }

    /** Commands that would signal other processes or lock files are not for sessions. */
    private Result otherFcntl(Descriptor.Lease lease, Call.Fcntl call) {
        boolean named = isBetween(call.cmd(), 5, 63) || isBetween(call.cmd(), 1024, 1087);
        if (named) {
            throw new PolicyException(
                    Rule.SOCKET,
                    "A session may not use fcntl command "
                            + call.cmd()
                            + "; it may use F_GETFL, F_SETFL, F_GETFD, F_SETFD, F_DUPFD and"
                            + " F_DUPFD_CLOEXEC.");
        }
        return Calls.returned(kernel.fcntl(lease.kernelFd(), call.cmd(), call.arg()));
    }

    private static boolean isBetween(int cmd, int first, int last) {
        return cmd >= first && cmd <= last;
    }

    /** The kernel's call that makes an fd. */
    private interface Making {
        SyscallResult make();
    }

    private Result make(
            Session session,
            int from,
            Making making,
            OpenFileDescription description,
            boolean closeOnExec) {
        OpenFiles openFiles = descriptors.openFiles();
        openFiles.take();
        boolean kept = false;
        try {
            SyscallResult result = openFiles.checked(making.make());
            if (result instanceof Failure(Errno errno)) {
                return new Result.Failure(errno);
            }
            int kernelFd = Math.toIntExact(result.orThrow("socket"));
            OptionalInt number = session.fds().reserve(from);
            if (number.isEmpty()) {
                kernel.close(kernelFd);
                return new Result.Failure(Errno.EMFILE);
            }
            kept = true;
            descriptors.open(session, number.getAsInt(), kernelFd, description, closeOnExec);
            return new Result.NewDescriptor(number.getAsInt(), null, false);
        } finally {
            if (!kept) {
                openFiles.giveBack();
            }
        }
    }
}
