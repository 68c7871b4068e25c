package dev.socketlab.network;

/** A call names a host that its session's network does not have; nothing was done. */
public final class NoSuchHostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchHostException(String message) {
        super(message);
    }
}
