package dev.socketlab.web;

/** This machine, or this version of the service on it, cannot do what was asked. */
final class MachineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MachineException(String message) {
        super(message);
    }
}
