package dev.socketlab.network;

import dev.socketlab.policy.EgressPolicy;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.SocketPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network that a session's sockets are on. Its session closes it. */
public sealed interface SessionNetwork extends AutoCloseable
        permits MachineNetwork, IsolatedNetwork {
    /** Which addresses may be used on it. */
    EgressPolicy egress();

    /** Which kinds of socket may be made on it. */
    SocketPolicy sockets();

    /** Which options may be used on it. */
    OptionPolicy options();

    /**
     * Where a socket is made.
     *
     * @param name a name of one of its hosts; null is the first
     * @param domain the socket's address family
     * @throws IllegalArgumentException when it has no such host
     */
    Host host(@Nullable String name, int domain);

    /**
     * What the session calls a place of this network: the name of one of its hosts; null where it
     * has none, as on the machine's network.
     */
    @Nullable String nameOf(Host place);

    /** Every place where it has made sockets, or may have. */
    List<Host> places();

    /**
     * Sees that a call that names a host names one of its own.
     *
     * @param name null is the first
     * @throws NoSuchHostException when it has none of that name
     */
    void requireHost(@Nullable String name);

    @Override
    void close();
}
