package dev.socketlab.linux;

import dev.socketlab.abi.Errno;

/** A system call of the service's own that failed although it should not have. */
public final class SyscallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String syscall;
    private final int number;

    public SyscallException(String syscall, Errno errno) {
        super(syscall + ": " + errno.name() + " (" + Strerror.of(errno) + ")");
        this.syscall = syscall;
        this.number = errno.number();
    }

    /** What was called, and on what where that tells more. */
    public String syscall() {
        return syscall;
    }

    public Errno errno() {
        return new Errno(number);
    }
}
