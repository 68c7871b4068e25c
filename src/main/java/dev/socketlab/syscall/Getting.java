package dev.socketlab.syscall;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.session.Descriptor;
import java.util.Arrays;
import java.util.List;

/** The kernel's call that gives bytes, made once and without waiting. */
interface Getting {
    /**
     * Makes it.
     *
     * @param length how many bytes it is asked for at most
     * @return a {@link Result.Received} or a {@link Result.Failure}
     */
    Result get(int length);

    /** read(2). */
    static Getting read(Kernel kernel, Descriptor.Lease lease) {
        return length -> {
            byte[] buf = new byte[length];
            SyscallResult result = kernel.read(lease.kernelFd(), buf, length);
            return received(result, buf, Result.Envelope.NONE);
        };
    }

    /** recv(2). */
    static Getting recv(Kernel kernel, Descriptor.Lease lease, int flags) {
        return length -> {
            byte[] buf = new byte[length];
            SyscallResult result = kernel.recv(lease.kernelFd(), buf, length, flags);
            return received(result, buf, Result.Envelope.NONE);
        };
    }

    /** recvfrom(2). */
    static Getting recvfrom(
            Kernel kernel, Addressing addressing, Descriptor.Lease lease, int flags) {
        return length -> {
            byte[] buf = new byte[length];
            OutBuffer srcAddr = OutBuffer.forAddress();
            SyscallResult result = kernel.recvfrom(lease.kernelFd(), buf, length, flags, srcAddr);
            return result instanceof Failure(Errno errno)
                    ? new Result.Failure(errno)
                    : received(
                            result,
                            buf,
                            new Result.Envelope(
                                    addressing.named(lease, srcAddr.address()), List.of(), 0));
        };
    }

    private static Result received(SyscallResult result, byte[] buf, Result.Envelope with) {
        return switch (result) {
            case Success(long returned) -> {
                int bytes = (int) Math.min(returned, buf.length);
                yield new Result.Received(returned, Arrays.copyOf(buf, bytes), with);
            }
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }
}
