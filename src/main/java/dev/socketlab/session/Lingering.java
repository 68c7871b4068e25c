package dev.socketlab.session;

import dev.socketlab.linux.SockDiag;
import dev.socketlab.network.Host;
import java.time.Duration;

/**
 * A connection whose socket is closed while SO_LINGER would still have close(2) wait for its data
 * to be acknowledged.
 *
 * @param host where the socket was made
 * @param time l_linger
 */
public record Lingering(Host host, SockDiag.Connection connection, Duration time) {}
