package dev.socketlab.web;

import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.TcpState;
import dev.socketlab.session.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Whether the clients of requests are still there. The server does not notice one that leaves while
 * its request runs, so the kernel is asked for the state of the connection: ESTABLISHED, or else
 * the client has closed it (CLOSE_WAIT) or it is gone. A client that closes only its sending side
 * looks the same, and counts as gone.
 */
final class HttpClients {
    private final SockDiag sockDiag;
    private final Map<Runnable, SockDiag.Connection> watched = new ConcurrentHashMap<>();

    HttpClients(SockDiag sockDiag) {
        this.sockDiag = sockDiag;
    }

    /** The client of a request. */
    Caller.Presence of(HttpServletRequest request) {
        SockDiag.Connection connection =
                new SockDiag.Connection(
                        address(request.getLocalAddr(), request.getLocalPort()),
                        address(request.getRemoteAddr(), request.getRemotePort()));
        return new Client(connection);
    }

    /** Asks the kernel once for all clients who wait, and tells those who have closed. */
    void check() {
        if (watched.isEmpty()) {
            return;
        }
        Set<SockDiag.Connection> closed = new HashSet<>();
        for (int port : ports()) {
            sockDiag.closeWait(port).forEach(closed::add);
        }
        watched.forEach((action, connection) -> {
            if (closed.contains(connection)) {
                action.run();
            }
        });
    }

    private Set<Integer> ports() {
        return watched.values().stream()
                .map(connection -> SockDiag.port(connection.local()))
                .collect(Collectors.toSet());
    }

    private static SocketAddress address(String literal, int port) {
        return literal.contains(":")
                ? SocketAddress.inet6(literal.replaceFirst("%.*", ""), port, 0, 0).orElseThrow()
                : SocketAddress.inet(literal, port).orElseThrow();
    }

    private final class Client implements Caller.Presence {
        private final SockDiag.Connection connection;

        Client(SockDiag.Connection connection) {
            this.connection = connection;
        }

        @Override
        public boolean isGone() {
            OptionalInt state = sockDiag.state(connection);
            return state.isEmpty() || state.getAsInt() != TcpState.ESTABLISHED;
        }

        @Override
        public Caller.Watch onGone(Runnable action) {
            watched.put(action, connection);
            return () -> watched.remove(action);
        }
    }
}
