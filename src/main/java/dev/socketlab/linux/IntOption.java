package dev.socketlab.linux;

import dev.socketlab.linux.SyscallResult.Success;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An option of a socket whose value is an int, getsockopt(2). */
public final class IntOption {
    private IntOption() {}

    /** The value; {@code otherwise} where the kernel does not give an int. */
    public static int of(Kernel kernel, int fd, int level, int optname, int otherwise) {
        OutBuffer optval = new OutBuffer(Integer.BYTES);
        return kernel.getsockopt(fd, level, optname, optval) instanceof Success
                        && optval.bytes().length == Integer.BYTES
                ? ByteBuffer.wrap(optval.bytes()).order(ByteOrder.nativeOrder()).getInt()
                : otherwise;
    }
}
