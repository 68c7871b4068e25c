package dev.socketlab.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of the C library, bound by name. A binding that is {@code quick} runs without leaving
 * the Java state, so it may work on Java arrays, and must not block; one that may block works on
 * native memory. The errno of a call is captured in the call itself.
 */
@SuppressWarnings("restricted") // native access is what this package is for
final class CLibrary {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private CLibrary() {}

    /** A function that cannot block and takes Java arrays. */
    static MethodHandle quick(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, List.of(ERRNO, Linker.Option.critical(true)), result, parameters);
    }

    /** As {@link #quick}, for a function whose parameters after the second are variadic. */
    static MethodHandle quickVariadic(
            String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(
                name,
                List.of(ERRNO, Linker.Option.critical(true), Linker.Option.firstVariadicArg(2)),
                result,
                parameters);
    }

    /** A function that may block, on native memory. */
    static MethodHandle slow(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, List.of(ERRNO), result, parameters);
    }

    /** As {@link #slow}, for a function whose parameters after the second are variadic. */
    static MethodHandle slowVariadic(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, List.of(ERRNO, Linker.Option.firstVariadicArg(2)), result, parameters);
    }

    /**
     * A function that works on native memory and returns soon: no heap arrays, so that the garbage
     * collector is not held up.
     */
    static MethodHandle brief(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, List.of(ERRNO, Linker.Option.critical(false)), result, parameters);
    }

    /** syscall(2), for a system call that the library does not wrap and that cannot block. */
    static MethodHandle quickSyscall(MemoryLayout... arguments) {
        return syscall(List.of(ERRNO, Linker.Option.critical(true)), arguments);
    }

    /** As {@link #quickSyscall}, for one that may block, on native memory. */
    static MethodHandle slowSyscall(MemoryLayout... arguments) {
        return syscall(List.of(ERRNO), arguments);
    }

    private static MethodHandle syscall(List<Linker.Option> options, MemoryLayout... arguments) {
        List<MemoryLayout> parameters = new ArrayList<>(List.of(arguments));
        parameters.addFirst(ValueLayout.JAVA_LONG);
        List<Linker.Option> variadic = new ArrayList<>(options);
        variadic.add(Linker.Option.firstVariadicArg(1));
        return bind(
                "syscall",
                variadic,
                ValueLayout.JAVA_LONG,
                parameters.toArray(MemoryLayout[]::new));
    }

    private static MethodHandle bind(
            String name,
            List<Linker.Option> options,
            MemoryLayout result,
            MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                symbol(name),
                FunctionDescriptor.of(result, parameters),
                options.toArray(Linker.Option[]::new));
    }

    private static MemorySegment symbol(String name) {
        return LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
    }

    /** Memory for the errno of one slow call. */
    static MemorySegment errnoIn(Arena arena) {
        return arena.allocate(ValueLayout.JAVA_INT);
    }

    /** What a call through a method handle throws can only be a mistake of ours. */
    static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a foreign call does not throw", thrown);
    }

    /** The C string at an address. */
    static String string(MemorySegment address) {
        return address.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** A C string in a Java array: its bytes in UTF-8 and a NUL. */
    static MemorySegment heapString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return MemorySegment.ofArray(Arrays.copyOf(bytes, bytes.length + 1));
    }

    /** A C string in native memory, or NULL. */
    static MemorySegment nativeString(Arena arena, @Nullable String text) {
        return text == null ? MemorySegment.NULL : arena.allocateFrom(text);
    }
}
