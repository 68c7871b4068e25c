package dev.socketlab.session;

/**
 * Whether SO_RCVTIMEO or SO_SNDTIMEO was set to less than nothing: that does not wait at all, but
 * reads as 0, which waits for ever, sock_set_timeout of net/core/sock.c.
 */
public final class NegativeTimeouts {
    private volatile boolean receive;
    private volatile boolean send;

    /**
     * One was set.
     *
     * @param receives which of the two
     */
    public void set(boolean receives, boolean negative) {
        if (receives) {
            receive = negative;
        } else {
            send = negative;
        }
    }

    public boolean has(boolean receives) {
        return receives ? receive : send;
    }

    /** An accepted connection has them from its listener. */
    public void inherit(NegativeTimeouts listener) {
        receive = listener.receive;
        send = listener.send;
    }
}
