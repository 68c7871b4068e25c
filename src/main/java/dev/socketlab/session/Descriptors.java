package dev.socketlab.session;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.TcpState;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.Host;
import dev.socketlab.network.LabHost;
import dev.socketlab.readiness.ReadinessLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens descriptors on the kernel's fds, and closes them. */
public final class Descriptors {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);
    private static final long MAX_PAUSE_MILLIS = 20;

    private final Kernel kernel;
    private final ReadinessLoop loop;
    private final OpenFiles openFiles;
    private final RightsInFlight rightsInFlight;

    public Descriptors(Kernel kernel, ReadinessLoop loop, OpenFiles openFiles) {
        this.kernel = kernel;
        this.loop = loop;
        this.openFiles = openFiles;
        this.rightsInFlight = new RightsInFlight(kernel);
    }

    public OpenFiles openFiles() {
        return openFiles;
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
            OptionalInt number = session.fds().reserve(from);
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
                () -> closeKernelFd(kernelFd, description, session));
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

    /** Closes an fd that no descriptor has, with what {@link OpenFiles} counts for it. */
    public void discard(int kernelFd) {
        kernel.close(kernelFd);
        openFiles.giveBack();
    }

    /** As {@link #discard}, with a reset to the peer, close(2) with l_linger 0. */
    public void reset(int kernelFd) {
        Linger.set(kernel, kernelFd, OptionValue.linger(1, 0));
        discard(kernelFd);
    }

    /**
     * Waits as close(2) would, until the peer has acknowledged everything or the time of SO_LINGER
     * is over, but not longer than the caller's patience.
     */
    public void linger(Session session, Lingering lingering, Duration patience) {
        Duration time = lingering.time().compareTo(patience) < 0 ? lingering.time() : patience;
        long deadline = System.nanoTime() + time.toNanos();
        long pause = 1;
        while (isUnacknowledged(lingering)) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || loop.isInterrupted() || session.isEnded()) {
                return;
            }
            try {
                Thread.sleep(Duration.ofNanos(Math.min(left, pause * 1_000_000)));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
            pause = Math.min(MAX_PAUSE_MILLIS, pause * 2);
        }
    }

    private static boolean isUnacknowledged(Lingering lingering) {
        return lingering
                .host()
                .sockDiag()
                .find(lingering.connection())
                .map(SockDiag.Tcp::state)
                .map(state ->
                        state == TcpState.FIN_WAIT1
                                || state == TcpState.CLOSING
                                || state == TcpState.LAST_ACK)
                .orElse(false);
    }

    /**
     * close(2) of a socket that lingers would block, whatever O_NONBLOCK says. So it is closed with
     * lingering off, and who closed it waits by asking. A process that exits does not linger at
     * all.
     */
    private Optional<Lingering> closeKernelFd(
            int kernelFd, OpenFileDescription description, Session session) {
        if (!description.closed()) {
            if (!description.keepOrphan(kernelFd, session.orphans())) {
                discard(kernelFd);
            }
            return Optional.empty();
        }
        Optional<Lingering> lingering = Optional.empty();
        try {
            if (!isInFlight(session, description)) {
                description.epoll().ifPresent(epoll -> endEntries(session, epoll));
                lingering = stopLingering(kernelFd, description);
                if (!session.isEnded() || !(description.host() instanceof LabHost)) {
                    abandonRequests(kernelFd, description); // else nobody is left to be misled
                }
            }
        } finally {
            discardOrphans(session, description.takeOrphans());
            discard(kernelFd);
        }
        return session.isEnded() ? Optional.empty() : lingering;
    }

    private boolean isInFlight(Session session, OpenFileDescription description) {
        Rights rights = session.rights();
        if (rights.isInFlight(description) && !session.isEnded()) {
            rightsInFlight.reconcile(session);
        }
        return rights.isInFlight(description);
    }

    private void endEntries(Session session, EpollInstance instance) {
        synchronized (instance) {
            discardOrphans(session, instance.removeAll());
        }
    }

    /** Closes fds that were open for epoll instances alone. */
    public void discardOrphans(Session session, List<Integer> kernelFds) {
        kernelFds.forEach(this::discard);
        session.orphans().release(kernelFds.size());
    }

    /** Before a listener listens no more: what it leaves is not to be taken for another's. */
    public void abandonRequests(int kernelFd, OpenFileDescription description) {
        OutBuffer local = OutBuffer.forAddress();
        if (!description.isListening()
                || !(kernel.getsockname(kernelFd, local) instanceof Success)) {
            return;
        }
        SocketAddress address = local.address();
        if (address != null && SockDiag.port(address) > 0) {
            try {
                description
                        .host()
                        .requests()
                        .abandon(SockDiag.port(address), Statx.inode(kernel, kernelFd));
            } catch (SyscallException e) {
                LOG.debug("requests of a closed listener may be counted as another's", e);
            }
        }
    }

    private Optional<Lingering> stopLingering(int kernelFd, OpenFileDescription description) {
        Host host = description.host();
        OptionValue.Struct linger = Linger.of(kernel, kernelFd, description);
        if (!Linger.waits(linger)
                || description.kind(kernel, kernelFd).protocol() != IpProtocol.IPPROTO_TCP) {
            return Optional.empty();
        }
        Optional<SockDiag.Connection> connection = connection(kernelFd);
        Linger.set(kernel, kernelFd, Linger.OFF);
        Duration time = Duration.ofSeconds(Linger.seconds(linger));
        return connection.map(c -> new Lingering(host, c, time));
    }

    private Optional<SockDiag.Connection> connection(int kernelFd) {
        OutBuffer local = OutBuffer.forAddress();
        OutBuffer peer = OutBuffer.forAddress();
        if (!(kernel.getsockname(kernelFd, local) instanceof Success)
                || !(kernel.getpeername(kernelFd, peer) instanceof Success)) {
            return Optional.empty();
        }
        SocketAddress from = local.address();
        SocketAddress to = peer.address();
        return from == null || to == null
                ? Optional.empty()
                : Optional.of(new SockDiag.Connection(from, to));
    }
}
