package dev.socketlab.metrics;

import dev.socketlab.inspect.Buffers;
import dev.socketlab.inspect.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A socket of a session at a moment, in figures.
 *
 * @param state a value of TcpState; {@link #NONE} where it is no TCP socket
 * @param inode a listener's; 0 of other sockets
 * @param cookie SO_COOKIE of a TCP socket in CLOSED; SocketCookie.NONE of others
 */
record SocketReading(
        int fd,
        @Nullable String host,
        int domain,
        int type,
        int state,
        long inode,
        long cookie,
        Queue syn,
        Queue accept,
        Buffers buffers) {
    static final int NONE = -1;

    boolean isListening() {
        return inode != 0;
    }

    SocketReading withSyn(Queue queue) {
        return new SocketReading(
                fd, host, domain, type, state, inode, cookie, queue, accept, buffers);
    }

    SocketReading withState(int other) {
        return new SocketReading(
                fd, host, domain, type, other, inode, cookie, syn, accept, buffers);
    }
}
