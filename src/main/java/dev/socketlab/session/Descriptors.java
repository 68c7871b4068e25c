package dev.socketlab.session;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.readiness.ReadinessLoop;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Opens descriptors on the kernel's fds. */
public final class Descriptors {
    private final Kernel kernel;
    private final ReadinessLoop loop;
    private final OpenFiles openFiles;
    private final Closing closing;

    public Descriptors(Kernel kernel, ReadinessLoop loop, OpenFiles openFiles) {
        this.kernel = kernel;
        this.loop = loop;
        this.openFiles = openFiles;
        this.closing = new Closing(kernel, loop, openFiles);
    }

    public OpenFiles openFiles() {
        return openFiles;
    }

    /** What closes them. */
    public Closing closing() {
        return closing;
    }

    /** The kernel's call that makes an fd. */
    public interface Making {
        SyscallResult make();
    }

    /** Makes a descriptor under the lowest free number that is not below {@code from}. */
    public Result make(
            Session session,
            int from,
            Making making,
            OpenFileDescription description,
            boolean closeOnExec) {
        openFiles.take();
        boolean kept = false;
        try {
            SyscallResult result = openFiles.checked(making.make());
            if (result instanceof Failure(Errno errno)) {
                return new Result.Failure(errno);
            }
            int kernelFd = Math.toIntExact(result.orThrow("socket"));
            OptionalInt number = session.resources().fds().reserve(from);
            if (number.isEmpty()) {
                kernel.close(kernelFd);
                return new Result.Failure(Errno.EMFILE);
            }
            kept = true;
            open(session, number.getAsInt(), kernelFd, description, closeOnExec);
            return new Result.NewDescriptor(number.getAsInt(), null, false);
        } finally {
            if (!kept) {
                openFiles.giveBack();
            }
        }
    }

    /**
     * Opens a descriptor under a number taken before; it owns the kernel's fd and one of the {@link
     * OpenFiles}.
     *
     * @throws NotFoundException when the session has ended meanwhile; the fd is closed then
     */
    public void open(
            Session session,
            int fd,
            int kernelFd,
            OpenFileDescription description,
            boolean closeOnExec) {
        Descriptor descriptor = descriptor(session, kernelFd, description, closeOnExec);
        if (!session.install(fd, descriptor)) {
            descriptor.beginClose();
            throw session.hasEnded();
        }
    }

    /**
     * As {@link #open}, under whatever number, also one that is in use: dup2(2).
     *
     * @param replaced is given what was open there
     * @return false where a call has taken the number and not yet opened it; the fd is closed then
     */
    public boolean replace(
            Session session,
            int fd,
            int kernelFd,
            OpenFileDescription description,
            Consumer<Descriptor> replaced) {
        Descriptor descriptor = descriptor(session, kernelFd, description, false);
        boolean done;
        try {
            done = session.replace(fd, descriptor, replaced);
        } catch (NotFoundException e) {
            descriptor.beginClose();
            throw e;
        }
        if (!done) {
            descriptor.beginClose();
        }
        return done;
    }

    private Descriptor descriptor(
            Session session, int kernelFd, OpenFileDescription description, boolean closeOnExec) {
        SocketCookie.of(kernel, kernelFd); // the kernel makes it when it is first asked for
        return new Descriptor(
                kernelFd,
                description,
                loop.of(kernelFd),
                closeOnExec,
                () -> closing.closeKernelFd(kernelFd, description, session));
    }

    /**
     * One more of the kernel's fds for the same open file, for which one of {@link OpenFiles} was
     * taken.
     *
     * @throws LimitException when the service has none left; what was taken is given back
     */
    public int duplicate(Descriptor.Lease lease) {
        boolean made = false;
        try {
            SyscallResult result =
                    openFiles.checked(
                            kernel.fcntl(lease.kernelFd(), FcntlCommand.F_DUPFD_CLOEXEC, 0));
            int fd = Math.toIntExact(result.orThrow("fcntl"));
            made = true;
            return fd;
        } finally {
            if (!made) {
                openFiles.giveBack();
            }
        }
    }
}
