package dev.socketlab.web.problem;

/**
 * A request that does not come as far as a call: what is wrong is with HTTP, or with its sender.
 */
public final class RefusedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;

    public RefusedRequestException(ProblemType type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    ProblemType type() {
        return type;
    }
}
