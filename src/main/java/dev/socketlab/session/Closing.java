package dev.socketlab.session;

import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.TcpState;
import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.Host;
import dev.socketlab.network.IsolatedHost;
import dev.socketlab.readiness.ReadinessLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the kernel's fds of descriptors, and what goes on after that. */
public final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final long MAX_PAUSE_MILLIS = 20;

    private final Kernel kernel;
    private final ReadinessLoop loop;
    private final OpenFiles openFiles;
    private final RightsInFlight rightsInFlight;

    public Closing(Kernel kernel, ReadinessLoop loop, OpenFiles openFiles) {
        this.kernel = kernel;
        this.loop = loop;
        this.openFiles = openFiles;
        this.rightsInFlight = new RightsInFlight(kernel);
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
    Optional<Lingering> closeKernelFd(
            int kernelFd, OpenFileDescription description, Session session) {
        if (!description.closed()) {
            if (!description.epollWatches().keepOrphan(kernelFd, session.resources().orphans())) {
                discard(kernelFd);
            }
            return Optional.empty();
        }
        Optional<Lingering> lingering = Optional.empty();
        boolean inFlight = true;
        try {
            inFlight = isInFlight(session, description);
            if (!inFlight) {
                description.epoll().ifPresent(epoll -> endEntries(session, epoll));
                lingering = stopLingering(kernelFd, description);
                if (!session.isEnded() || !(description.host() instanceof IsolatedHost)) {
                    abandonRequests(kernelFd, description); // else nobody is left to be misled
                }
            }
        } finally {
            discardOrphans(session, description.epollWatches().takeOrphans());
            discard(kernelFd);
            if (inFlight) {
                description.peerWait().closed();
            } else {
                description.peerWait().wakeAll();
            }
        }
        return session.isEnded() ? Optional.empty() : lingering;
    }

    private boolean isInFlight(Session session, OpenFileDescription description) {
        Rights rights = session.resources().rights();
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
        session.resources().orphans().release(kernelFds.size());
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
