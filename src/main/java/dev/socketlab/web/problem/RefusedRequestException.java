package dev.socketlab.web.problem;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;

/**
 * A request that does not come as far as a call: what is wrong is with HTTP, or with its sender.
 */
public final class RefusedRequestException extends Refusal {
    private static final long serialVersionUID = 1L;

    private final transient ProblemType type;

    public RefusedRequestException(ProblemType type, Reason reason) {
        super(reason, false);
        this.type = type;
    }

    ProblemType type() {
        return type;
    }
}
