package dev.socketlab.web.problem;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;

/** This machine, or this version of the service on it, cannot do what was asked. */
public final class MachineException extends Refusal {
    private static final long serialVersionUID = 1L;

    public MachineException(Reason reason) {
        super(reason);
    }
}
