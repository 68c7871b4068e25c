package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Calls on names in directories: openat2(2), which the C library does not wrap, and unlinkat(2).
 */
final class Directories {
    /** asm-generic/unistd.h, and the same number on x86-64. */
    private static final long SYS_OPENAT2 = 437;

    /** struct open_how: flags, mode, resolve. */
    private static final int OPEN_HOW_SIZE = 24;

    private static final MethodHandle OPENAT2 =
            CLibrary.slowSyscall(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle UNLINKAT =
            CLibrary.slow("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private Directories() {}

    static SyscallResult openat2(int dirfd, byte[] pathname, int flags, int resolve) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment how = arena.allocate(OPEN_HOW_SIZE, Long.BYTES);
            how.set(JAVA_LONG, 0, flags);
            how.set(JAVA_LONG, 2L * Long.BYTES, resolve);
            MemorySegment errno = CLibrary.errnoIn(arena);
            long fd =
                    (long)
                            OPENAT2.invokeExact(
                                    errno,
                                    SYS_OPENAT2,
                                    dirfd,
                                    string(arena, pathname),
                                    how,
                                    (long) OPEN_HOW_SIZE);
            return SyscallResult.of(fd, errno.get(JAVA_INT, 0));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    static SyscallResult unlinkat(int dirfd, byte[] pathname, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = CLibrary.errnoIn(arena);
            int returned = (int) UNLINKAT.invokeExact(errno, dirfd, string(arena, pathname), flags);
            return SyscallResult.of(returned, errno.get(JAVA_INT, 0));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /** The user's bytes and a NUL. */
    private static MemorySegment string(Arena arena, byte[] bytes) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, Arrays.copyOf(bytes, bytes.length + 1));
    }
}
