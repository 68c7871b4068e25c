package dev.socketlab.inspect;

import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.IntOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Routes;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.network.Host;
import dev.socketlab.place.StrayException;
import org.jspecify.annotations.Nullable;

/** The way that a socket's packets take: a route, and the neighbour that it goes by. */
record Way(Routes.@Nullable Route route, Routes.@Nullable Neighbour neighbour) {
    static final Way NONE = new Way(null, null);

    /** Asks the routing table of the socket's host, with the socket's own address and interface. */
    static Way of(
            Kernel kernel, Host host, int fd, @Nullable SocketAddress local, SocketAddress peer) {
        SocketAddress to = peer.unmapped();
        SocketAddress from = local == null ? null : local.unmapped();
        if (to.ip().length == 0) {
            return NONE;
        }
        int level = SocketLevel.SOL_SOCKET;
        int bound = IntOption.of(kernel, fd, level, SolSocket.SO_BINDTOIFINDEX, 0);
        int scope = to instanceof SocketAddress.Inet6 inet6 ? inet6.scopeId() : 0;
        int device = bound > 0 ? bound : scope;
        try {
            return host.routes(routes ->
                    routes.route(to, from, device)
                            .map(route -> new Way(route, routes.neighbour(route).orElse(null)))
                            .orElse(NONE));
        } catch (SyscallException | StrayException _) {
            return NONE; // no file descriptor is left to ask through
        }
    }
}
