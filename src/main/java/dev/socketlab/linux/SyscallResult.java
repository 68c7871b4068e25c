package dev.socketlab.linux;

import dev.socketlab.abi.Errno;

/** What a system call answered: its value, or the errno of that very call. */
public sealed interface SyscallResult {
    /** What it returned, 0 or more. */
    record Success(long value) implements SyscallResult {
        public int intValue() {
            return Math.toIntExact(value);
        }
    }

    /** It returned -1 and set errno. */
    record Failure(Errno errno) implements SyscallResult {}

    /** The answer of a call that gives -1 when it fails. */
    static SyscallResult of(long returned, int errno) {
        return returned == -1 ? new Failure(new Errno(errno)) : new Success(returned);
    }

    /** Whether it failed with that errno. */
    default boolean failedWith(Errno errno) {
        return this instanceof Failure(Errno actual) && actual.equals(errno);
    }

    /**
     * The value, where failing is the exception.
     *
     * @throws SyscallException when it failed
     */
    default long orThrow(String syscall) {
        return switch (this) {
            case Success(long value) -> value;
            case Failure(Errno errno) -> throw new SyscallException(syscall, errno);
        };
    }
}
