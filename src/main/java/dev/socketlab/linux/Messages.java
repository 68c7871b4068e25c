package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.socketlab.linux.SyscallResult.Success;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * sendmsg(2) and recvmsg(2), whose structures hold pointers, so that all is copied into native
 * memory first.
 */
final class Messages {
    /** UIO_MAXIOV of linux/uio.h: with more buffers the kernel fails before it looks at them. */
    private static final int MAX_IOV = 1024;

    private static final MethodHandle SENDMSG =
            CLibrary.brief("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECVMSG =
            CLibrary.brief("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private Messages() {}

    static SyscallResult sendmsg(int sockfd, Message message, int flags) {
        return sendmsg(SENDMSG, sockfd, message, flags);
    }

    /**
     * @param function the C function, bound as it is to run
     */
    static SyscallResult sendmsg(MethodHandle function, int sockfd, Message message, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(Layouts.MSGHDR);
            List<byte[]> iov = message.iov();
            int[] lengths = iov.stream().mapToInt(one -> one.length).toArray();
            MemorySegment bytes = iov(arena, header, lengths);
            long at = 0;
            for (int i = 0; i < Math.min(lengths.length, MAX_IOV); i++) {
                MemorySegment.copy(iov.get(i), 0, bytes, ValueLayout.JAVA_BYTE, at, lengths[i]);
                at += lengths[i];
            }
            if (message.name().length > 0) {
                put(header, "msg_name", arena.allocateFrom(ValueLayout.JAVA_BYTE, message.name()));
                header.set(JAVA_INT, offset("msg_namelen"), message.name().length);
            }
            byte[] control = ControlMessage.pack(message.control());
            if (control.length > 0) {
                MemorySegment packed = arena.allocate(control.length, Long.BYTES);
                MemorySegment.copy(control, 0, packed, ValueLayout.JAVA_BYTE, 0, control.length);
                put(header, "msg_control", packed);
                header.set(JAVA_LONG, offset("msg_controllen"), control.length);
            }
            return call(function, arena, sockfd, header, flags);
        }
    }

    static SyscallResult recvmsg(int sockfd, MessageBuffer buffer, int flags) {
        return recvmsg(RECVMSG, sockfd, buffer, flags);
    }

    /**
     * @param function the C function, bound as it is to run
     */
    static SyscallResult recvmsg(
            MethodHandle function, int sockfd, MessageBuffer buffer, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(Layouts.MSGHDR);
            MemorySegment bytes = iov(arena, header, buffer.iovLen);
            MemorySegment name = arena.allocate(Layouts.SOCKADDR_STORAGE_SIZE);
            put(header, "msg_name", name);
            header.set(JAVA_INT, offset("msg_namelen"), Layouts.SOCKADDR_STORAGE_SIZE);
            MemorySegment control = MemorySegment.NULL;
            if (buffer.controllen > 0) {
                control = arena.allocate(buffer.controllen, Long.BYTES);
                put(header, "msg_control", control);
                header.set(JAVA_LONG, offset("msg_controllen"), buffer.controllen);
            }
            SyscallResult result = call(function, arena, sockfd, header, flags);
            if (result instanceof Success(long returned)) {
                long namelen = header.get(JAVA_INT, offset("msg_namelen"));
                long given = header.get(JAVA_LONG, offset("msg_controllen"));
                buffer.set(
                        first(name, namelen),
                        first(bytes, returned),
                        first(control, given),
                        header.get(JAVA_INT, offset("msg_flags")));
            }
            return result;
        }
    }

    /** Puts the vector of buffers in, and answers the memory in which they lie end to end. */
    private static MemorySegment iov(Arena arena, MemorySegment header, int[] lengths) {
        int count = Math.min(lengths.length, MAX_IOV);
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengths[i];
        }
        MemorySegment bytes = arena.allocate(Math.max(1, total));
        MemorySegment iov = arena.allocate(Layouts.IOVEC, Math.max(1, count));
        long at = 0;
        for (int i = 0; i < count; i++) {
            long entry = i * Layouts.IOVEC.byteSize();
            iov.set(ADDRESS, entry, bytes.asSlice(at, lengths[i]));
            iov.set(JAVA_LONG, entry + Layouts.offset(Layouts.IOVEC, "iov_len"), lengths[i]);
            at += lengths[i];
        }
        put(header, "msg_iov", iov);
        header.set(JAVA_LONG, offset("msg_iovlen"), lengths.length);
        return bytes.asSlice(0, total);
    }

    private static SyscallResult call(
            MethodHandle function, Arena arena, int sockfd, MemorySegment header, int flags) {
        MemorySegment errno = CLibrary.errnoIn(arena);
        try {
            long returned = (long) function.invokeExact(errno, sockfd, header, flags);
            return SyscallResult.of(returned, errno.get(JAVA_INT, 0));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    private static byte[] first(MemorySegment memory, long length) {
        return memory.asSlice(0, Math.min(length, memory.byteSize()))
                .toArray(ValueLayout.JAVA_BYTE);
    }

    private static void put(MemorySegment header, String field, MemorySegment pointer) {
        header.set(ADDRESS, offset(field), pointer);
    }

    private static long offset(String field) {
        return Layouts.offset(Layouts.MSGHDR, field);
    }
}
