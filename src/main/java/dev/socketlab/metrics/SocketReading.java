package dev.socketlab.metrics;

import dev.socketlab.abi.TcpState;
import dev.socketlab.inspect.Buffers;
import dev.socketlab.inspect.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A socket of a session at a moment, in figures.
 *
 * @param host which of the session's hosts it is on; null on the machine's network
 * @param state a value of TcpState, which UNIX sockets have too; {@link #NONE} of others
 * @param inode a TCP listener's; 0 of other sockets
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
        return state == TcpState.LISTEN;
    }

    /** Whether it has a SYN queue. */
    boolean isTcpListener() {
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
