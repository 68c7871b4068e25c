package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.SyscallResult.Failure;

/** The credentials of this process, struct ucred of unix(7), as the kernel gives them to a peer. */
public final class OwnCredentials {
    /** sizeof(struct ucred): pid, uid, gid. */
    public static final int SIZE = 12;

    private OwnCredentials() {}

    /**
     * The whole structure.
     *
     * @throws SyscallException when the kernel gives no sockets to ask
     */
    public static byte[] read(Kernel kernel) {
        int[] sv = new int[2];
        int type = SocketType.SOCK_STREAM | SocketFlag.SOCK_CLOEXEC;
        kernel.socketpair(AddressFamily.AF_UNIX, type, 0, sv).orThrow("socketpair");
        try {
            OutBuffer ucred = new OutBuffer(SIZE);
            if (kernel.getsockopt(sv[0], SocketLevel.SOL_SOCKET, SolSocket.SO_PEERCRED, ucred)
                    instanceof Failure(Errno errno)) {
                throw new SyscallException("getsockopt", errno);
            }
            return ucred.bytes();
        } finally {
            kernel.close(sv[0]);
            kernel.close(sv[1]);
        }
    }
}
