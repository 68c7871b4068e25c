package dev.socketlab.metrics;

import dev.socketlab.abi.TcpState;
import dev.socketlab.inspect.Queue;
import dev.socketlab.inspect.SocketFigures;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.Statx;
import dev.socketlab.network.Host;
import dev.socketlab.network.IsolatedHost;
import dev.socketlab.network.SessionNetwork;
import dev.socketlab.network.SynQueues;
import dev.socketlab.session.Observation;
import dev.socketlab.session.OpenSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sockets of one session: each by itself, and one list from each namespace that is the
 * session's own.
 */
final class SessionReader {
    private final Kernel kernel;

    SessionReader(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * @param now the moment, for the reading
     */
    SessionReading read(Observation session, long now) {
        List<SocketReading> sockets = new ArrayList<>();
        for (int fd : session.fds()) {
            session.socket(fd)
                    .flatMap(socket -> read(socket, session.network()))
                    .ifPresent(sockets::add);
        }
        List<SockDiag.Tcp> withoutDescriptor = new ArrayList<>();
        for (Host place : session.network().places()) {
            if (place instanceof IsolatedHost host) {
                String name = session.network().nameOf(host);
                withoutDescriptor.addAll(list(host, name, sockets));
                host.count();
            }
        }
        return new SessionReading(now, List.copyOf(sockets), List.copyOf(withoutDescriptor));
    }

    /** Empty where it is no socket. */
    private Optional<SocketReading> read(OpenSocket socket, SessionNetwork network) {
        try (socket) {
            int fd = socket.kernelFd();
            SocketKind kind = socket.kind(kernel);
            if (kind.domain() == SocketKind.UNKNOWN) {
                return Optional.empty();
            }
            SocketFigures figures = SocketFigures.read(kernel, socket.host()::observing, fd, kind);
            int state = Objects.requireNonNullElse(figures.state(), SocketReading.NONE);
            boolean listening = figures.isTcp() && figures.isListening();
            boolean closed = figures.isTcp() && state == TcpState.CLOSE;
            return Optional.of(
                    new SocketReading(
                            socket.fd(),
                            network.nameOf(socket.host()),
                            kind.domain(),
                            kind.type(),
                            state,
                            listening ? Statx.inode(kernel, fd) : 0,
                            closed ? SocketCookie.of(kernel, fd) : SocketCookie.NONE,
                            Queue.NONE,
                            figures.accept(),
                            figures.buffers()));
        }
    }

    /**
     * The host's own list has the SYN queues, the connections in TIME-WAIT, whose sockets are
     * closed, and the sockets that no descriptor refers to, which are left.
     */
    private static List<SockDiag.Tcp> list(
            IsolatedHost host, @Nullable String name, List<SocketReading> sockets) {
        boolean listening =
                sockets.stream().anyMatch(one -> one.isTcpListener() && isOn(one, name));
        List<SockDiag.Tcp> listed =
                host.observing().list(listening ? SockDiag.ALL : SockDiag.NOT_LISTENING, 0);
        if (listening) {
            SynQueues queues = host.requests().queues(listed);
            sockets.replaceAll(one -> isOn(one, name) ? withSyn(one, queues) : one);
        }
        Map<Long, SockDiag.Tcp> withoutDescriptor = new HashMap<>();
        for (SockDiag.Tcp one : listed) {
            if (one.inode() == 0) {
                withoutDescriptor.put(one.cookie(), one);
            }
        }
        sockets.replaceAll(one ->
                withoutDescriptor.remove(one.cookie()) == null
                        ? one
                        : one.withState(TcpState.TIME_WAIT));
        return List.copyOf(withoutDescriptor.values());
    }

    private static boolean isOn(SocketReading socket, @Nullable String host) {
        return host != null && host.equals(socket.host());
    }

    /** A listener with the depth of its SYN queue, which has the limit of the accept queue. */
    static SocketReading withSyn(SocketReading socket, SynQueues queues) {
        return !socket.isTcpListener()
                ? socket
                : socket.withSyn(new Queue(queues.depth(socket.inode()), socket.accept().limit()));
    }
}
