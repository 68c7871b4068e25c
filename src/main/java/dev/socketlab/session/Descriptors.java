package dev.socketlab.session;

import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.linux.SolSocket;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.linux.TcpState;
import dev.socketlab.network.Host;
import dev.socketlab.network.LabHost;
import dev.socketlab.readiness.ReadinessLoop;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens descriptors on the kernel's fds, and closes them. */
final class Descriptors {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptors.class);
    private static final long MAX_PAUSE_MILLIS = 20;

    private final Kernel kernel;
    private final ReadinessLoop loop;
    private final OpenFiles openFiles;

    Descriptors(Kernel kernel, ReadinessLoop loop, OpenFiles openFiles) {
        this.kernel = kernel;
        this.loop = loop;
        this.openFiles = openFiles;
    }

    OpenFiles openFiles() {
        return openFiles;
    }

    /**
     * Opens a descriptor under a number taken before; it owns the kernel's fd and one of the {@link
     * OpenFiles}.
     *
     * @throws NotFoundException when the session has ended meanwhile; the fd is closed then
     */
    void open(
            Session session,
            int fd,
            int kernelFd,
            OpenFileDescription description,
            boolean closeOnExec) {
        SocketCookie.of(kernel, kernelFd); // the kernel makes it when it is first asked for
        Descriptor descriptor =
                new Descriptor(
                        kernelFd,
                        description,
                        loop.of(kernelFd),
                        closeOnExec,
                        () -> closeKernelFd(kernelFd, description, session));
        if (!session.install(fd, descriptor)) {
            descriptor.beginClose();
            throw session.hasEnded();
        }
    }

    /** Closes an fd that no descriptor has, with what {@link OpenFiles} counts for it. */
    void discard(int kernelFd) {
        kernel.close(kernelFd);
        openFiles.giveBack();
    }

    /** As {@link #discard}, with a reset to the peer, close(2) with l_linger 0. */
    void reset(int kernelFd) {
        setLinger(kernelFd, new OptionValue.Linger(1, 0));
        discard(kernelFd);
    }

    /**
     * Waits as close(2) would, until the peer has acknowledged everything or the time of SO_LINGER
     * is over, but not longer than the caller's patience.
     */
    void linger(Session session, Lingering lingering, Duration patience) {
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
        Optional<Lingering> lingering = Optional.empty();
        try {
            if (description.closed()) {
                lingering = stopLingering(kernelFd, description.host());
                if (!session.isEnded() || !(description.host() instanceof LabHost)) {
                    abandonRequests(kernelFd, description); // else nobody is left to be misled
                }
            }
        } finally {
            discard(kernelFd);
        }
        return session.isEnded() ? Optional.empty() : lingering;
    }

    /** Before a listener listens no more: what it leaves is not to be taken for another's. */
    void abandonRequests(int kernelFd, OpenFileDescription description) {
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

    private Optional<Lingering> stopLingering(int kernelFd, Host host) {
        OutBuffer optval = new OutBuffer(OptionForm.LINGER.optlen());
        if (!(kernel.getsockopt(kernelFd, SocketLevel.SOL_SOCKET, SolSocket.SO_LINGER, optval)
                        instanceof Success)
                || !(OptionValue.parse(OptionForm.LINGER, optval.bytes())
                        instanceof OptionValue.Linger(int onoff, int seconds))
                || onoff == 0
                || seconds == 0) {
            return Optional.empty();
        }
        Optional<SockDiag.Connection> connection = connection(kernelFd);
        setLinger(kernelFd, new OptionValue.Linger(0, 0));
        return connection.map(c -> new Lingering(host, c, Duration.ofSeconds(seconds)));
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

    private void setLinger(int kernelFd, OptionValue.Linger value) {
        kernel.setsockopt(kernelFd, SocketLevel.SOL_SOCKET, SolSocket.SO_LINGER, value.toBytes());
    }
}
