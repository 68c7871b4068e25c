package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.socketlab.abi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What strerror(3) says of error numbers, in English. */
public final class Strerror {
    private static final MethodHandle STRERROR = CLibrary.slow("strerror", ADDRESS, JAVA_INT);

    private Strerror() {}

    /** The words for an errno, such as {@code Address already in use}. */
    public static String of(Errno errno) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment unused = CLibrary.errnoIn(arena);
            return CLibrary.string((MemorySegment) STRERROR.invokeExact(unused, errno.number()));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }
}
