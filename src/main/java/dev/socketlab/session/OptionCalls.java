package dev.socketlab.session;

import dev.socketlab.call.Call;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.linux.SolSocket;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
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
                                    optlen == null ? form : OptionForm.RAW, optval.bytes()));
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    Result set(Session session, Descriptor.Lease lease, Call.Setsockopt call) {
        judge(session, call.level(), call.optname());
        byte[] optval = call.optval().toBytes();
        SyscallResult result =
                kernel.setsockopt(lease.kernelFd(), call.level(), call.optname(), optval);
        if (result instanceof Success && call.level() == SocketLevel.SOL_SOCKET) {
            noteTimeout(lease, call.optname(), optval);
        }
        return Calls.returned(result);
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
