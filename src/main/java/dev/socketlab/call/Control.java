package dev.socketlab.call;

import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.linux.ControlMessage;
import java.util.List;

/** A control message of sendmsg(2) and recvmsg(2), with the session's file descriptors. */
public sealed interface Control {
    /** SCM_RIGHTS of SOL_SOCKET, unix(7): file descriptors of the session. */
    record Rights(List<Integer> fds) implements Control {}

    /** Any other, as the kernel has it. */
    record Other(ControlMessage message) implements Control {}

    /** Whether such a message carries file descriptors. */
    static boolean isRights(int level, int type) {
        return level == SocketLevel.SOL_SOCKET && type == ControlType.SCM_RIGHTS;
    }

    /** Whether such a message brings the file descriptor of a process, SO_PASSPIDFD of unix(7). */
    static boolean isPidfd(int level, int type) {
        return level == SocketLevel.SOL_SOCKET && type == ControlType.SCM_PIDFD;
    }
}
