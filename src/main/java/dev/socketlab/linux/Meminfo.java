package dev.socketlab.linux;

import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The memory of a socket, SO_MEMINFO of socket(7); from linux/sock_diag.h. All but {@code drops} in
 * bytes, the kernel's own overhead counted.
 *
 * @param rmemAlloc what the receive queue takes
 * @param rcvbuf how much that may be
 * @param wmemAlloc what the queue of the device takes
 * @param sndbuf how much what is to be sent may take
 * @param fwdAlloc taken in advance
 * @param wmemQueued what TCP has queued to be sent, and to be acknowledged
 * @param optmem options and ancillary data
 * @param backlog what came while the socket was in use
 * @param drops how many packets were dropped; of a listener, requests and connections
 */
public record Meminfo(
        long rmemAlloc,
        long rcvbuf,
        long wmemAlloc,
        long sndbuf,
        long fwdAlloc,
        long wmemQueued,
        long optmem,
        long backlog,
        long drops) {
    private static final int FIELDS = 9;

    /** Asks the kernel; empty where it has no answer, which is before Linux 4.12. */
    public static Optional<Meminfo> of(Kernel kernel, int fd) {
        OutBuffer optval = new OutBuffer(FIELDS * Integer.BYTES);
        boolean read =
                kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_MEMINFO, optval)
                        instanceof Success;
        return read && optval.length == optval.bytes.length
                ? Optional.of(parse(ByteBuffer.wrap(optval.bytes)))
                : Optional.empty();
    }

    private static Meminfo parse(ByteBuffer bytes) {
        long[] field = new long[FIELDS];
        bytes.order(ByteOrder.nativeOrder());
        for (int i = 0; i < FIELDS; i++) {
            field[i] = Integer.toUnsignedLong(bytes.getInt());
        }
        return new Meminfo(
                field[0], field[1], field[2], field[3], field[4], field[5], field[6], field[7],
                field[8]);
    }
}
