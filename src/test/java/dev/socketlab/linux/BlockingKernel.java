package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls that may block, made so that they do: on native memory, the thread in the
 * kernel. {@link LinuxKernel} has the others.
 */
public final class BlockingKernel {
    private static final MethodHandle ACCEPT4 =
            CLibrary.slow("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT =
            CLibrary.slow("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND =
            CLibrary.slow("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDTO =
            CLibrary.slow(
                    "sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMSG =
            CLibrary.slow("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle WRITE =
            CLibrary.slow("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle RECV =
            CLibrary.slow("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVFROM =
            CLibrary.slow(
                    "recvfrom",
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle RECVMSG =
            CLibrary.slow("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle READ =
            CLibrary.slow("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle POLL =
            CLibrary.slow("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

    private interface Invocation {
        long with(Arena arena, MemorySegment errno) throws Throwable;
    }

    private static SyscallResult call(Invocation invocation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = CLibrary.errnoIn(arena);
            return SyscallResult.of(invocation.with(arena, errno), errno.get(JAVA_INT, 0));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
        return bytes.length == 0
                ? MemorySegment.NULL
                : arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    private static MemorySegment buffer(Arena arena, byte[] buf) {
        return arena.allocate(Math.max(1, buf.length));
    }

    private static long filled(MemorySegment from, byte[] buf, long returned) {
        long length = Math.min(returned, buf.length);
        if (length > 0) {
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, 0, buf, 0, (int) length);
        }
        return returned;
    }

    private interface Naming {
        long with(MemorySegment bytes, MemorySegment length) throws Throwable;
    }

    private static long naming(Arena arena, OutBuffer addr, Naming naming) throws Throwable {
        MemorySegment bytes = arena.allocate(addr.bytes.length);
        MemorySegment length = arena.allocateFrom(JAVA_INT, addr.bytes.length);
        long returned = naming.with(bytes, length);
        byte[] given = bytes.toArray(ValueLayout.JAVA_BYTE);
        System.arraycopy(given, 0, addr.bytes, 0, given.length);
        addr.length = length.get(JAVA_INT, 0);
        return returned;
    }

    public SyscallResult accept4(int sockfd, OutBuffer addr, int flags) {
        return call((arena, errno) ->
                naming(
                        arena,
                        addr,
                        (bytes, length) ->
                                (int) ACCEPT4.invokeExact(errno, sockfd, bytes, length, flags)));
    }

    public SyscallResult connect(int sockfd, byte[] addr) {
        return call((arena, errno) ->
                (int) CONNECT.invokeExact(errno, sockfd, copy(arena, addr), addr.length));
    }

    public SyscallResult send(int sockfd, byte[] buf, int flags) {
        return call((arena, errno) ->
                (long) SEND.invokeExact(errno, sockfd, copy(arena, buf), (long) buf.length, flags));
    }

    public SyscallResult sendto(int sockfd, byte[] buf, int flags, byte[] destAddr) {
        return call((arena, errno) ->
                (long)
                        SENDTO.invokeExact(
                                errno,
                                sockfd,
                                copy(arena, buf),
                                (long) buf.length,
                                flags,
                                copy(arena, destAddr),
                                destAddr.length));
    }

    public SyscallResult sendmsg(int sockfd, Message msg, int flags) {
        return Messages.sendmsg(SENDMSG, sockfd, msg, flags);
    }

    public SyscallResult write(int fd, byte[] buf) {
        return call((arena, errno) ->
                (long) WRITE.invokeExact(errno, fd, copy(arena, buf), (long) buf.length));
    }

    public SyscallResult recv(int sockfd, byte[] buf, int flags) {
        return call((arena, errno) -> {
            MemorySegment into = buffer(arena, buf);
            long returned = (long) RECV.invokeExact(errno, sockfd, into, (long) buf.length, flags);
            return filled(into, buf, returned);
        });
    }

    public SyscallResult recvfrom(int sockfd, byte[] buf, int flags, OutBuffer srcAddr) {
        return call((arena, errno) -> {
            MemorySegment into = buffer(arena, buf);
            long returned =
                    naming(
                            arena,
                            srcAddr,
                            (bytes, length) ->
                                    (long)
                                            RECVFROM.invokeExact(
                                                    errno,
                                                    sockfd,
                                                    into,
                                                    (long) buf.length,
                                                    flags,
                                                    bytes,
                                                    length));
            return filled(into, buf, returned);
        });
    }

    public SyscallResult recvmsg(int sockfd, MessageBuffer msg, int flags) {
        return Messages.recvmsg(RECVMSG, sockfd, msg, flags);
    }

    public SyscallResult read(int fd, byte[] buf) {
        return call((arena, errno) -> {
            MemorySegment into = buffer(arena, buf);
            return filled(into, buf, (long) READ.invokeExact(errno, fd, into, (long) buf.length));
        });
    }

    /**
     * @param timeout in ms; below 0 for ever
     */
    public SyscallResult poll(int[] fds, short[] events, short[] revents, int timeout) {
        long size = Layouts.POLLFD.byteSize();
        return call((arena, errno) -> {
            MemorySegment memory = arena.allocate(Math.max(1, size * fds.length));
            for (int i = 0; i < fds.length; i++) {
                memory.set(Layouts.INT, i * size, fds[i]);
                memory.set(
                        Layouts.SHORT,
                        i * size + Layouts.offset(Layouts.POLLFD, "events"),
                        events[i]);
            }
            int returned = (int) POLL.invokeExact(errno, memory, (long) fds.length, timeout);
            for (int i = 0; i < fds.length; i++) {
                revents[i] =
                        memory.get(
                                Layouts.SHORT,
                                i * size + Layouts.offset(Layouts.POLLFD, "revents"));
            }
            return returned;
        });
    }
}
