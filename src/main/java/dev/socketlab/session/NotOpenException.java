package dev.socketlab.session;

/** Somebody looks at a file descriptor that the session does not have; no call was made. */
public final class NotOpenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotOpenException(int fd) {
        super("The session has no open file descriptor " + fd + ".");
    }
}
