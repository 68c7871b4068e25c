package dev.socketlab.place;

/** A lab thread is not where it should be: what it made is closed, and it ends. */
public final class StrayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StrayException(String message) {
        super(message);
    }
}
