package dev.socketlab.session;

import dev.socketlab.linux.SockDiag;
import java.time.Duration;

/**
 * A connection whose socket is closed while SO_LINGER would still have close(2) wait for its data
 * to be acknowledged.
 *
 * @param time l_linger
 */
record Lingering(SockDiag.Connection connection, Duration time) {}
