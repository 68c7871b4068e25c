/**
 * A socket as the kernel sees it: its state, queues, buffers, TCP_INFO, route and neighbour. Every
 * figure is read from the kernel when it is asked for, or is null; none is counted here.
 */
@NullMarked
package dev.socketlab.inspect;

import org.jspecify.annotations.NullMarked;
