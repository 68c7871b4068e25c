package dev.socketlab.network;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;

/** A call names a host that its session's network does not have; nothing was done. */
public final class NoSuchHostException extends Refusal {
    private static final long serialVersionUID = 1L;

    NoSuchHostException(Reason reason) {
        super(reason);
    }
}
