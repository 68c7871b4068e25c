package dev.socketlab.metrics;

import dev.socketlab.linux.SockDiag;
import java.util.List;

/**
 * What one session had at a moment.
 *
 * @param at that moment, in nanoseconds of the clock of readings
 * @param sockets those that its descriptors refer to
 * @param withoutDescriptor the other TCP sockets of its own hosts
 */
record SessionReading(long at, List<SocketReading> sockets, List<SockDiag.Tcp> withoutDescriptor) {}
