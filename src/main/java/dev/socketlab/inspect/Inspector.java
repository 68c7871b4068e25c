package dev.socketlab.inspect;

import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.abi.TcpState;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.linux.TcpInfo;
import dev.socketlab.network.Host;
import dev.socketlab.network.IsolatedHost;
import dev.socketlab.network.SynQueues;
import dev.socketlab.place.StrayException;
import dev.socketlab.session.Observation;
import dev.socketlab.session.OpenSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the sockets of sessions. Nothing that it does changes one, or takes a byte from it. */
public final class Inspector {
    private static final int ACCESS_MODE = StatusFlag.O_WRONLY | StatusFlag.O_RDWR;

    private final Kernel kernel;
    private final SocketEnds ends;

    public Inspector(Kernel kernel) {
        this.kernel = kernel;
        this.ends = new SocketEnds(kernel);
    }

    /** Every socket that a descriptor of the session refers to, by the descriptors. */
    public List<SocketView> views(Observation session) {
        return session.fds().stream().flatMap(fd -> view(session, fd).stream()).toList();
    }

    /** The socket of a descriptor; empty where it is not open. */
    public Optional<SocketView> view(Observation session, int fd) {
        return session.socket(fd)
                .map(socket -> {
                    try (socket) {
                        return view(socket, session.network().nameOf(socket.host()));
                    }
                });
    }

    /**
     * The TCP sockets of the session's own hosts that no descriptor refers to: requests in the SYN
     * queue, connections in the accept queue, connections that were closed and are not over,
     * TIME-WAIT. On the machine's network it cannot be told whose they are.
     */
    public List<SocketView> withoutDescriptor(Observation session) {
        Set<Long> cookies = cookies(session);
        return session.network().places().stream()
                .flatMap(host ->
                        host instanceof IsolatedHost own
                                ? withoutDescriptor(session.network().nameOf(own), own, cookies)
                                : Stream.empty())
                .toList();
    }

    /** Of the sockets that have descriptors: a connection in TIME-WAIT keeps its socket's. */
    private Set<Long> cookies(Observation session) {
        Set<Long> cookies = new HashSet<>();
        for (int fd : session.fds()) {
            session.socket(fd)
                    .ifPresent(socket -> {
                        try (socket) {
                            cookies.add(SocketCookie.of(kernel, socket.kernelFd()));
                        }
                    });
        }
        return cookies;
    }

    private static Stream<SocketView> withoutDescriptor(
            @Nullable String name, IsolatedHost host, Set<Long> cookies) {
        Netstat.Listening netstat = host.netstat().listening();
        return host.observing().list(SockDiag.NOT_LISTENING, 0).stream()
                .filter(one -> one.inode() == 0 && !cookies.contains(one.cookie()))
                .map(one -> withoutDescriptor(name, one, netstat));
    }

    private static SocketView withoutDescriptor(
            @Nullable String host, SockDiag.Tcp one, Netstat.Listening netstat) {
        return new SocketView(
                null,
                host,
                one.local().family(),
                SocketType.SOCK_STREAM,
                IpProtocol.IPPROTO_TCP,
                null,
                TcpState.rfcName(one.state()),
                one.local(),
                one.peer(),
                0,
                new Queues(Queue.NONE, Queue.NONE, null),
                netstat,
                new Buffers(
                        new Buffers.Send(one.wqueue(), null, null, null, null),
                        new Buffers.Receive(one.rqueue(), null, null)),
                null,
                null,
                null,
                List.of());
    }

    private SocketView view(OpenSocket socket, @Nullable String hostName) {
        int fd = socket.kernelFd();
        Host host = socket.host();
        SocketKind kind = socket.kind(kernel);
        SocketFigures figures = SocketFigures.read(kernel, host::observing, fd, kind);
        long inode = Statx.inode(kernel, fd);
        SocketAddress local = ends.local(fd);
        SocketAddress peer = ends.peer(fd, kind.domain());
        Integer said = figures.state();
        Integer state =
                figures.isTcp() && said != null
                        ? (Integer) state(host, fd, said, local, peer)
                        : said;
        boolean connected =
                figures.isTcp()
                        && state != null
                        && state != TcpState.CLOSE
                        && state != TcpState.LISTEN;
        Way way = connected && peer != null ? Way.of(kernel, host, fd, local, peer) : Way.NONE;
        return new SocketView(
                socket.fd(),
                hostName,
                kind.domain(),
                kind.type(),
                kind.protocol(),
                inode,
                state == null ? null : TcpState.rfcName(state),
                local,
                connected || !figures.isTcp() ? peer : null,
                statusFlags(socket),
                new Queues(syn(host, figures, local, inode), figures.accept(), figures.dropped()),
                netstat(host),
                figures.buffers(),
                figures.isTcp() ? TcpInfo.parse(figures.tcpInfo()) : null,
                way.route(),
                way.neighbour(),
                socket.waiting());
    }

    /**
     * A connection goes on in TIME-WAIT without its socket, which is closed then, tcp_time_wait of
     * net/ipv4/tcp_minisocks.c; the list of sockets has it, under the socket's cookie.
     */
    private int state(
            Host host,
            int fd,
            int state,
            @Nullable SocketAddress local,
            @Nullable SocketAddress peer) {
        if (state != TcpState.CLOSE || local == null || peer == null) {
            return state;
        }
        long cookie = SocketCookie.of(kernel, fd);
        int timeWait = TcpState.bit(TcpState.TIME_WAIT);
        try {
            return host.observing().list(timeWait, SockDiag.port(local)).stream()
                            .anyMatch(one -> one.cookie() == cookie)
                    ? TcpState.TIME_WAIT
                    : state;
        } catch (SyscallException | StrayException _) {
            return state;
        }
    }

    private static Queue syn(
            Host host, SocketFigures figures, @Nullable SocketAddress local, long inode) {
        if (!figures.isTcp() || !figures.isListening() || local == null) {
            return Queue.NONE;
        }
        Long limit = figures.accept().limit();
        try {
            SynQueues queues = host.requests().queues(SockDiag.port(local));
            return new Queue(queues.depth(inode), limit);
        } catch (SyscallException | StrayException _) {
            return new Queue(null, limit);
        }
    }

    /** Null where it cannot be asked, as the service has no file descriptor left for that. */
    private static Netstat.@Nullable Listening netstat(Host host) {
        try {
            return host.netstat().listening();
        } catch (SyscallException | StrayException _) {
            return null;
        }
    }

    private int statusFlags(OpenSocket socket) {
        return socket.statusFlags(kernel) instanceof Success(long flags)
                ? (int) flags & ~ACCESS_MODE
                : 0;
    }
}
