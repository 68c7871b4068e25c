package dev.socketlab.session;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;

/** Somebody looks at a file descriptor that the session does not have; no call was made. */
public final class NotOpenException extends Refusal {
    private static final long serialVersionUID = 1L;

    public NotOpenException(int fd) {
        super(Reason.of("not-found.fd", fd));
    }
}
