package dev.socketlab.web;

import dev.socketlab.abi.TcpState;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether the clients of requests are still there. The server does not notice one that leaves while
 * its request runs, so the kernel is asked for the connection's socket: it is there and
 * ESTABLISHED, or else the client has closed it or reset it. It is known by its cookie, for a new
 * connection may have the old one's addresses and ports. A client that closes only its sending side
 * looks as if it had gone, and counts as gone.
 */
final class HttpClients {
    private static final long UNKNOWN = 0;

    private final SockDiag sockDiag;
    private final Map<Runnable, Client> watched = new ConcurrentHashMap<>();

    HttpClients(SockDiag sockDiag) {
        this.sockDiag = sockDiag;
    }

    /** The client of a request. */
    Caller.Presence of(HttpServletRequest request) {
        return new Client(request);
    }

    /**
     * Asks the kernel for all connections to the service, and tells the clients that wait and are
     * not among them. One that the list may have missed is asked about by itself.
     */
    void check() {
        Map<Runnable, Client> waiting = Map.copyOf(watched);
        if (waiting.isEmpty()) {
            return;
        }
        Set<Integer> ports = new HashSet<>();
        waiting.values().forEach(client -> ports.add(SockDiag.port(client.connection().local())));
        Set<Long> present = new HashSet<>();
        ports.forEach(port -> present.addAll(sockDiag.cookies(port, TcpState.ESTABLISHED)));
        waiting.forEach((action, client) -> {
            if (!present.contains(client.cookie) && client.isGone()) {
                action.run();
            }
        });
    }

    private static SocketAddress address(String literal, int port) {
        return literal.contains(":")
                ? SocketAddress.inet6(literal.replaceFirst("%.*", ""), port, 0, 0).orElseThrow()
                : SocketAddress.inet(literal, port).orElseThrow();
    }

    /** Most calls never wait: only one that does asks which connection its request came by. */
    private final class Client implements Caller.Presence {
        private final HttpServletRequest request;
        private volatile SockDiag.@Nullable Connection connection;
        private volatile long cookie = UNKNOWN;

        Client(HttpServletRequest request) {
            this.request = request;
        }

        private SockDiag.Connection connection() {
            SockDiag.Connection known = connection;
            if (known == null) {
                known =
                        new SockDiag.Connection(
                                address(request.getLocalAddr(), request.getLocalPort()),
                                address(request.getRemoteAddr(), request.getRemotePort()));
                connection = known;
            }
            return known;
        }

        @Override
        public boolean isGone() {
            Optional<SockDiag.Tcp> found = sockDiag.find(connection());
            if (found.isEmpty() || found.get().state() != TcpState.ESTABLISHED) {
                return true;
            }
            if (cookie == UNKNOWN) {
                cookie = found.get().cookie();
            }
            return found.get().cookie() != cookie;
        }

        @Override
        public Caller.Watch onGone(Runnable action) {
            if (cookie == UNKNOWN && isGone()) {
                action.run();
            }
            watched.put(action, this);
            return () -> watched.remove(action);
        }
    }
}
