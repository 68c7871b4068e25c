package dev.socketlab.session;

import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Success;
import java.util.Arrays;
import java.util.Optional;

/**
 * SO_LINGER of socket(7). The kernel has it, until the socket is sent with SCM_RIGHTS: from then on
 * the session has it, for whoever drops a message with the last of its fds would block. Used under
 * the open file description's monitor.
 */
public final class Linger {
    static final OptionValue.Struct OFF = OptionValue.linger(0, 0);

    private Linger() {}

    /** The option; off where the socket has none. */
    static OptionValue.Struct of(Kernel kernel, int fd, OpenFileDescription description) {
        return description.lingerAside().orElseGet(() -> inKernel(kernel, fd).orElse(OFF));
    }

    private static Optional<OptionValue.Struct> inKernel(Kernel kernel, int fd) {
        OutBuffer optval = new OutBuffer(OptionForm.LINGER.optlen());
        return kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_LINGER, optval)
                                instanceof Success
                        && OptionValue.parse(OptionForm.LINGER, optval.bytes())
                                instanceof OptionValue.Struct linger
                ? Optional.of(linger)
                : Optional.empty();
    }

    /** Takes it from the kernel; l_linger 0, which resets, waits for nothing and stays there. */
    public static void setAside(Kernel kernel, int fd, OpenFileDescription description) {
        if (description.lingerAside().isEmpty()) {
            OptionValue.Struct linger = inKernel(kernel, fd).orElse(OFF);
            description.setLingerAside(linger);
            if (waits(linger)) {
                set(kernel, fd, OFF);
            }
        }
    }

    /** Sets it where it is kept aside; the kernel judges a value that is none. */
    public static SyscallResult setAside(
            Kernel kernel, int fd, OpenFileDescription description, byte[] optval) {
        byte[] whole = Arrays.copyOf(optval, OptionForm.LINGER.optlen());
        if (optval.length >= whole.length
                && OptionValue.parse(OptionForm.LINGER, whole)
                        instanceof OptionValue.Struct linger) {
            SyscallResult result = set(kernel, fd, waits(linger) ? OFF : linger);
            if (result instanceof Success) {
                description.setLingerAside(linger);
            }
            return result;
        }
        return kernel.setsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_LINGER, optval);
    }

    /** How long close(2) would wait, in seconds. */
    public static long seconds(OptionValue.Struct linger) {
        return linger.number("l_linger");
    }

    /** Whether close(2) would wait. */
    public static boolean waits(OptionValue.Struct linger) {
        return linger.number("l_onoff") != 0 && seconds(linger) != 0;
    }

    public static SyscallResult set(Kernel kernel, int fd, OptionValue.Struct value) {
        return kernel.setsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_LINGER, value.toBytes());
    }
}
