package dev.socketlab.session;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.SessionNetwork;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Options as a session's sockets have them: the kernel's, but what is kept aside. */
public final class OptionReading {
    private OptionReading() {}

    /**
     * Judges an option by its number, and gives its form; one that Linux does not name is an int.
     *
     * @throws dev.socketlab.policy.PolicyException when it is refused on the network
     */
    public static OptionForm judge(SessionNetwork network, int level, int optname) {
        boolean catalogued = SocketOption.find(level, optname).isPresent();
        network.options().judge(level, optname, SocketOption.name(level, optname), catalogued);
        return SocketOption.form(level, optname);
    }

    /**
     * getsockopt(2).
     *
     * @param optlen how many bytes to ask for, which are then given raw; null asks in the form
     */
    public static Result read(
            Kernel kernel,
            Descriptor.Lease lease,
            SocketOption.Named option,
            OptionForm form,
            @Nullable Integer optlen) {
        OutBuffer optval = new OutBuffer(optlen == null ? form.optlen() : optlen);
        int level = option.level();
        int optname = option.optname();
        return switch (kernel.getsockopt(lease.kernelFd(), level, optname, optval)) {
            case Success _ ->
                    new Result.OptionRead(
                            level,
                            optname,
                            OptionValue.parse(
                                    optlen == null ? form : OptionForm.RAW,
                                    given(lease, option, optval.bytes())));
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    /** Whether it is SO_LINGER, which can be kept aside. */
    public static boolean isLinger(int level, int optname) {
        return level == SocketLevel.SOL_SOCKET && optname == SolSocket.SO_LINGER;
    }

    /** What the kernel gave, but of an option that is kept aside. */
    private static byte[] given(Descriptor.Lease lease, SocketOption.Named option, byte[] optval) {
        return isLinger(option.level(), option.optname())
                ? lease.description()
                        .lingerAside()
                        .map(linger -> Arrays.copyOf(linger.toBytes(), optval.length))
                        .orElse(optval)
                : optval;
    }
}
