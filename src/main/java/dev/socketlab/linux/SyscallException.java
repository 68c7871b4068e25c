package dev.socketlab.linux;

/** A system call of the service's own that failed although it should not have. */
public final class SyscallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int number;

    public SyscallException(String syscall, Errno errno) {
        super(syscall + ": " + errno.name() + " (" + errno.text() + ")");
        this.number = errno.number();
    }

    public Errno errno() {
        return new Errno(number);
    }
}
