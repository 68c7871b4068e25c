package dev.socketlab.syscall;

import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.IntOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult.Success;

/** What a socket may have sent that is not received, SO_SNDBUF of socket(7). */
final class SendMemory {
    private SendMemory() {}

    /**
     * Whether some is left, so that a send does not wait for it: sock_alloc_send_pskb of
     * net/core/sock.c.
     */
    static boolean isLeft(Kernel kernel, int fd) {
        return kernel.ioctl(fd, Ioctl.SIOCOUTQ) instanceof Success(long queued)
                && queued
                        < IntOption.of(kernel, fd, SocketLevel.SOL_SOCKET, SolSocket.SO_SNDBUF, 0);
    }
}
