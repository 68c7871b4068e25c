package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.MachineHost;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Linger;
import dev.socketlab.session.OpenFileDescription;
import dev.socketlab.session.Session;
import java.util.Arrays;
import java.util.Optional;

/** Options of sockets: getsockopt(2), setsockopt(2). */
final class OptionCalls {
    private final Kernel kernel;

    OptionCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    Result get(Session session, Descriptor.Lease lease, Call.Getsockopt call) {
        OptionForm form = judge(session, call.level(), call.optname());
        Integer optlen = call.optlen();
        OutBuffer optval = new OutBuffer(optlen == null ? form.optlen() : optlen);
        return switch (kernel.getsockopt(lease.kernelFd(), call.level(), call.optname(), optval)) {
            case Success _ ->
                    new Result.OptionRead(
                            call.level(),
                            call.optname(),
                            OptionValue.parse(
                                    optlen == null ? form : OptionForm.RAW,
                                    given(lease, call, optval.bytes())));
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    Result set(Session session, Descriptor.Lease lease, Call.Setsockopt call) {
        judge(session, call.level(), call.optname());
        judgeAutobind(lease, call);
        byte[] optval = call.optval().toBytes();
        SyscallResult result =
                isLinger(call.level(), call.optname())
                        ? setLinger(lease, optval)
                        : kernel.setsockopt(lease.kernelFd(), call.level(), call.optname(), optval);
        if (result instanceof Success && call.level() == SocketLevel.SOL_SOCKET) {
            noteTimeout(lease, call.optname(), optval);
        }
        return Result.of(result);
    }

    /** With SO_PASSCRED a UNIX socket gets an abstract name when it sends, unix(7). */
    private void judgeAutobind(Descriptor.Lease lease, Call.Setsockopt call) {
        if (call.level() == SocketLevel.SOL_SOCKET
                && call.optname() == SolSocket.SO_PASSCRED
                && lease.description().host() instanceof MachineHost
                && lease.kind(kernel).isUnix()) {
            throw new PolicyException(
                    Rule.OPTION,
                    "SO_PASSCRED gives a socket that sends an abstract name, and those are the whole"
                            + " machine's here, since it can give sessions no namespace of their"
                            + " own.");
        }
    }

    private static boolean isLinger(int level, int optname) {
        return level == SocketLevel.SOL_SOCKET && optname == SolSocket.SO_LINGER;
    }

    private SyscallResult setLinger(Descriptor.Lease lease, byte[] optval) {
        OpenFileDescription description = lease.description();
        int fd = lease.kernelFd();
        synchronized (description) {
            return description.lingerAside().isPresent()
                    ? Linger.setAside(kernel, fd, description, optval)
                    : kernel.setsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_LINGER, optval);
        }
    }

    /** What the kernel gave, but of an option that is kept aside. */
    private static byte[] given(Descriptor.Lease lease, Call.Getsockopt call, byte[] optval) {
        return isLinger(call.level(), call.optname())
                ? lease.description()
                        .lingerAside()
                        .map(linger -> Arrays.copyOf(linger.toBytes(), optval.length))
                        .orElse(optval)
                : optval;
    }

    private static void noteTimeout(Descriptor.Lease lease, int optname, byte[] optval) {
        switch (optname) {
            case SolSocket.SO_RCVTIMEO, SolSocket.SO_RCVTIMEO_NEW ->
                    lease.description().setNegativeTimeout(true, isNegative(optval));
            case SolSocket.SO_SNDTIMEO, SolSocket.SO_SNDTIMEO_NEW ->
                    lease.description().setNegativeTimeout(false, isNegative(optval));
            default -> {}
        }
    }

    private static boolean isNegative(byte[] timeval) {
        return OptionValue.parse(OptionForm.TIMEVAL, timeval)
                        instanceof OptionValue.Timeval(long sec, long _)
                && sec < 0;
    }

    /**
     * Judges an option by its number, and gives its form; one that Linux does not name is an int.
     */
    private OptionForm judge(Session session, int level, int optname) {
        Optional<SocketOption> option = SocketOption.find(level, optname);
        session.network()
                .options()
                .judge(level, optname, SocketOption.name(level, optname), option.isPresent());
        return option.map(SocketOption::form).orElse(OptionForm.INT);
    }
}
