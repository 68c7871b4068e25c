package dev.socketlab.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What an open file is, statx(2). */
public final class Statx {
    private static final int STATX_INO = 0x100;

    private Statx() {}

    /**
     * The inode number of an open fd: of a socket, what /proc/net/tcp and sock_diag know it by.
     *
     * @throws SyscallException when the fd is not open
     */
    public static long inode(Kernel kernel, int fd) {
        OutBuffer statxbuf = new OutBuffer((int) Layouts.STATX.byteSize());
        kernel.statx(fd, STATX_INO, statxbuf).orThrow("statx");
        return ByteBuffer.wrap(statxbuf.bytes)
                .order(ByteOrder.nativeOrder())
                .getLong(Layouts.offset(Layouts.STATX, "stx_ino"));
    }
}
