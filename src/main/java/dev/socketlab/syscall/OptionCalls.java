package dev.socketlab.syscall;

import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.network.MachineHost;
import dev.socketlab.policy.NamePolicy;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Linger;
import dev.socketlab.session.OpenFileDescription;
import dev.socketlab.session.OptionReading;

/** Options of sockets: getsockopt(2), setsockopt(2). */
final class OptionCalls {
    private final Kernel kernel;

    OptionCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    Result get(LeasedCall on, Call.Getsockopt call) {
        OptionForm form = OptionReading.judge(on.session().network(), call.level(), call.optname());
        SocketOption.Named option = new SocketOption.Named(call.level(), call.optname());
        return OptionReading.read(kernel, on.lease(), option, form, call.optlen());
    }

    Result set(LeasedCall on, Call.Setsockopt call) {
        OptionReading.judge(on.session().network(), call.level(), call.optname());
        judgeAutobind(on.lease(), call);
        byte[] optval = call.optval().toBytes();
        SyscallResult result =
                OptionReading.isLinger(call.level(), call.optname())
                        ? setLinger(on.lease(), optval)
                        : kernel.setsockopt(
                                on.lease().kernelFd(), call.level(), call.optname(), optval);
        if (result instanceof Success && call.level() == SocketLevel.SOL_SOCKET) {
            noteTimeout(on.lease(), call.optname(), optval);
        }
        return Result.of(result);
    }

    /** With SO_PASSCRED a UNIX socket gets an abstract name when it sends, unix(7). */
    private void judgeAutobind(Descriptor.Lease lease, Call.Setsockopt call) {
        if (call.level() == SocketLevel.SOL_SOCKET
                && call.optname() == SolSocket.SO_PASSCRED
                && lease.kind(kernel).isUnix()) {
            NamePolicy.judgeAutobind(!(lease.description().host() instanceof MachineHost));
        }
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

    private static void noteTimeout(Descriptor.Lease lease, int optname, byte[] optval) {
        switch (optname) {
            case SolSocket.SO_RCVTIMEO, SolSocket.SO_RCVTIMEO_NEW ->
                    lease.description().negativeTimeouts().set(true, isNegative(optval));
            case SolSocket.SO_SNDTIMEO, SolSocket.SO_SNDTIMEO_NEW ->
                    lease.description().negativeTimeouts().set(false, isNegative(optval));
            default -> {}
        }
    }

    private static boolean isNegative(byte[] timeval) {
        return OptionValue.parse(OptionForm.TIMEVAL, timeval) instanceof OptionValue.Struct value
                && value.number("tv_sec") < 0;
    }
}
