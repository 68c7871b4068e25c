package dev.socketlab.inspect;

import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Meminfo;
import dev.socketlab.linux.SyscallResult.Success;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The buffers of a socket, in bytes; each figure is null where the kernel says nothing. */
public record Buffers(Send send, Receive receive) {
    /** How often the queue is read again when it moved while it was read. */
    private static final int TRIES = 8;

    /**
     * What is to be sent.
     *
     * @param queued bytes not acknowledged, SIOCOUTQ
     * @param unsent those of them that were not sent yet, SIOCOUTQNSD
     * @param unacked those that were
     * @param memory what they take, with the kernel's overhead: SO_MEMINFO
     * @param capacity how much that may be, SO_SNDBUF
     */
    public record Send(
            @Nullable Long queued,
            @Nullable Long unsent,
            @Nullable Long unacked,
            @Nullable Long memory,
            @Nullable Long capacity) {
        /** The memory as a part of the capacity; 0 where it is not known. */
        public double fill() {
            return part(memory, capacity);
        }
    }

    /**
     * What has come and was not received.
     *
     * @param queued bytes, SIOCINQ; of a datagram socket those of the first datagram
     * @param memory what they take, with the kernel's overhead: SO_MEMINFO
     * @param capacity how much that may be, SO_RCVBUF
     */
    public record Receive(@Nullable Long queued, @Nullable Long memory, @Nullable Long capacity) {
        /** The memory as a part of the capacity; 0 where it is not known. */
        public double fill() {
            return part(memory, capacity);
        }
    }

    private static double part(@Nullable Long of, @Nullable Long whole) {
        return of == null || whole == null || whole == 0 ? 0 : (double) of / whole;
    }

    /**
     * @param closed whether it is a TCP socket in CLOSED: there SIOCOUTQ reckons with the sequence
     *     numbers of a connection that is over, and nothing is queued
     */
    static Buffers read(
            Kernel kernel, int fd, int protocol, boolean closed, Optional<Meminfo> meminfo) {
        boolean tcp = protocol == IpProtocol.IPPROTO_TCP;
        Meminfo memory = meminfo.orElse(null);
        Long queued = closed ? null : ioctl(kernel, fd, Ioctl.SIOCOUTQ);
        Long taken = memory == null ? null : tcp ? memory.wmemQueued() : memory.wmemAlloc();
        Long capacity = memory == null ? null : memory.sndbuf();
        boolean empty = tcp && queued != null && queued == 0;
        return new Buffers(
                empty
                        ? new Send(0L, 0L, 0L, taken, capacity)
                        : send(kernel, fd, queued, taken, capacity),
                new Receive(
                        ioctl(kernel, fd, Ioctl.SIOCINQ),
                        memory == null ? null : memory.rmemAlloc(),
                        memory == null ? null : memory.rcvbuf()));
    }

    /**
     * The two ioctls are two moments: what is between them is known only if the queue has not moved
     * meanwhile.
     */
    private static Send send(
            Kernel kernel,
            int fd,
            @Nullable Long first,
            @Nullable Long memory,
            @Nullable Long capacity) {
        Long queued = first;
        Long unsent = null;
        for (int i = 0; queued != null && i < TRIES; i++) {
            unsent = ioctl(kernel, fd, Ioctl.SIOCOUTQNSD);
            Long again = ioctl(kernel, fd, Ioctl.SIOCOUTQ);
            if (unsent == null || again == null) {
                return new Send(queued, null, null, memory, capacity);
            }
            if (again.equals(queued)) {
                return new Send(queued, unsent, queued - unsent, memory, capacity);
            }
            queued = again;
        }
        return new Send(queued, unsent, null, memory, capacity);
    }

    private static @Nullable Long ioctl(Kernel kernel, int fd, int request) {
        return kernel.ioctl(fd, request) instanceof Success(long value) ? (Long) value : null;
    }
}
