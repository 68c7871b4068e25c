package dev.socketlab.web.problem;

/** This machine, or this version of the service on it, cannot do what was asked. */
public final class MachineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MachineException(String message) {
        super(message);
    }
}
