package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and addresses by the C library: getaddrinfo(3), getnameinfo(3). These block while a name
 * server is asked, so they are for platform threads only. What the library allocates is freed
 * before they return.
 */
@SuppressWarnings("restricted") // native access is what this package is for
public final class Netdb {
    private static final int NI_MAXHOST = 1025;
    private static final int NI_MAXSERV = 32;
    private static final MethodHandle GETADDRINFO =
            CLibrary.slow("getaddrinfo", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle FREEADDRINFO =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("freeaddrinfo"),
                            FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle GETNAMEINFO =
            CLibrary.slow(
                    "getnameinfo",
                    JAVA_INT,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_INT,
                    JAVA_INT);
    private static final MethodHandle GAI_STRERROR =
            CLibrary.slow("gai_strerror", ADDRESS, JAVA_INT);

    private Netdb() {}

    /** struct addrinfo of hints: what is asked for; 0 leaves it open. */
    public record Hints(int flags, int family, int socktype, int protocol) {
        /** The same with other flags. */
        public Hints withFlags(int other) {
            return new Hints(other, family, socktype, protocol);
        }
    }

    /** One struct addrinfo of a result. */
    public record Addrinfo(
            int flags,
            int family,
            int socktype,
            int protocol,
            @Nullable SocketAddress addr,
            @Nullable String canonname) {}

    /** What getnameinfo found. */
    public record Nameinfo(String host, String service) {}

    /** What such a function answers: a value, or its EAI number with errno beside EAI_SYSTEM. */
    public sealed interface Answer<T> {
        record Found<T>(T value) implements Answer<T> {}

        record Failed<T>(int eai, Errno errno) implements Answer<T> {}
    }

    /** Whether a node is a number to getaddrinfo(3); that asks nobody, so it does not block. */
    public static boolean isNumeric(String node) {
        Hints numeric = new Hints(AddrinfoFlag.AI_NUMERICHOST, 0, 0, 0);
        return getaddrinfo(node, null, numeric) instanceof Answer.Found<?>;
    }

    /** getaddrinfo(3). {@code hints} null is NULL. */
    public static Answer<List<Addrinfo>> getaddrinfo(
            @Nullable String node, @Nullable String service, @Nullable Hints hints) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = CLibrary.errnoIn(arena);
            MemorySegment res = arena.allocate(ADDRESS);
            MemorySegment asked = hints == null ? MemorySegment.NULL : hintsIn(arena, hints);
            int returned =
                    (int)
                            GETADDRINFO.invokeExact(
                                    errno,
                                    CLibrary.nativeString(arena, node),
                                    CLibrary.nativeString(arena, service),
                                    asked,
                                    res);
            if (returned != 0) {
                return new Answer.Failed<>(returned, new Errno(errno.get(JAVA_INT, 0)));
            }
            MemorySegment list = res.get(ADDRESS, 0);
            try {
                return new Answer.Found<>(copy(list));
            } finally {
                FREEADDRINFO.invokeExact(list);
            }
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /** getnameinfo(3). */
    public static Answer<Nameinfo> getnameinfo(SocketAddress addr, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = CLibrary.errnoIn(arena);
            byte[] bytes = addr.toBytes();
            // Room for the NUL that the library looks for after a path
            MemorySegment sockaddr =
                    arena.allocate(bytes.length + Layouts.SOCKADDR_STORAGE_SIZE, Long.BYTES);
            sockaddr.copyFrom(MemorySegment.ofArray(bytes));
            MemorySegment host = arena.allocate(NI_MAXHOST);
            MemorySegment service = arena.allocate(NI_MAXSERV);
            int returned =
                    (int)
                            GETNAMEINFO.invokeExact(
                                    errno,
                                    sockaddr,
                                    bytes.length,
                                    host,
                                    NI_MAXHOST,
                                    service,
                                    NI_MAXSERV,
                                    flags);
            return returned == 0
                    ? new Answer.Found<>(new Nameinfo(host.getString(0), service.getString(0)))
                    : new Answer.Failed<>(returned, new Errno(errno.get(JAVA_INT, 0)));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    /** What gai_strerror(3) says of an EAI number, in English. */
    public static String text(int eai) {
        try (Arena arena = Arena.ofConfined()) {
            return CLibrary.string(
                    (MemorySegment) GAI_STRERROR.invokeExact(CLibrary.errnoIn(arena), eai));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    private static MemorySegment hintsIn(Arena arena, Hints hints) {
        MemorySegment memory = arena.allocate(Layouts.ADDRINFO);
        memory.set(JAVA_INT, at("ai_flags"), hints.flags());
        memory.set(JAVA_INT, at("ai_family"), hints.family());
        memory.set(JAVA_INT, at("ai_socktype"), hints.socktype());
        memory.set(JAVA_INT, at("ai_protocol"), hints.protocol());
        return memory;
    }

    private static List<Addrinfo> copy(MemorySegment list) {
        List<Addrinfo> found = new ArrayList<>();
        for (MemorySegment next = list; next.address() != 0; ) {
            MemorySegment ai = next.reinterpret(Layouts.ADDRINFO.byteSize());
            MemorySegment name = ai.get(ADDRESS, at("ai_canonname"));
            MemorySegment addr =
                    ai.get(ADDRESS, at("ai_addr")).reinterpret(ai.get(JAVA_INT, at("ai_addrlen")));
            found.add(
                    new Addrinfo(
                            ai.get(JAVA_INT, at("ai_flags")),
                            ai.get(JAVA_INT, at("ai_family")),
                            ai.get(JAVA_INT, at("ai_socktype")),
                            ai.get(JAVA_INT, at("ai_protocol")),
                            SocketAddress.parse(addr.toArray(JAVA_BYTE)),
                            name.address() == 0 ? null : CLibrary.string(name)));
            next = ai.get(ADDRESS, at("ai_next"));
        }
        return List.copyOf(found);
    }

    private static long at(String field) {
        return Layouts.offset(Layouts.ADDRINFO, field);
    }
}
