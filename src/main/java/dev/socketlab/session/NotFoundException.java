package dev.socketlab.session;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;

/** There is no such session, or no such thing in it. */
public final class NotFoundException extends Refusal {
    private static final long serialVersionUID = 1L;

    public NotFoundException(Reason reason) {
        super(reason);
    }
}
