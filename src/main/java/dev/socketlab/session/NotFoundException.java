package dev.socketlab.session;

/** There is no such session, or no such thing in it. */
public final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message);
    }
}
