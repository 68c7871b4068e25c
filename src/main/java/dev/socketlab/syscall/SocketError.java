package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.IntOption;
import dev.socketlab.linux.Kernel;

/** SO_ERROR of socket(7). */
final class SocketError {
    private SocketError() {}

    /**
     * Takes the error of a socket, which has none then.
     *
     * @param none what to answer where it has none
     */
    static Errno take(Kernel kernel, int fd, Errno none) {
        int error = IntOption.of(kernel, fd, SocketLevel.SOL_SOCKET, SolSocket.SO_ERROR, 0);
        return error == 0 ? none : new Errno(error);
    }
}
