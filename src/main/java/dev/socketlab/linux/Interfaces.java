package dev.socketlab.linux;

import dev.socketlab.abi.Errno;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names and numbers of network interfaces, netdevice(7), in the network namespace of a socket,
 * whichever thread asks.
 */
public final class Interfaces {
    private static final int SIOCGIFNAME = 0x8910;
    private static final int SIOCGIFINDEX = 0x8933;

    /** IFNAMSIZ less the NUL. */
    private static final int MAX_NAME = 15;

    private Interfaces() {}

    /** The number of the interface of that name: ENODEV where the socket's host has none. */
    public static SyscallResult index(Kernel kernel, int sockfd, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_NAME) {
            return new Failure(Errno.ENODEV);
        }
        byte[] ifreq = Arrays.copyOf(bytes, (int) Layouts.IFREQ.byteSize());
        return switch (kernel.ioctl(sockfd, SIOCGIFINDEX, ifreq)) {
            case Success _ -> new Success(wrap(ifreq).getInt(Layouts.IFR_IFINDEX));
            case Failure failure -> failure;
        };
    }

    /** The name of the interface with that number; empty where the socket's host has none. */
    public static Optional<String> name(Kernel kernel, int sockfd, int index) {
        byte[] ifreq = new byte[(int) Layouts.IFREQ.byteSize()];
        wrap(ifreq).putInt(Layouts.IFR_IFINDEX, index);
        if (!(kernel.ioctl(sockfd, SIOCGIFNAME, ifreq) instanceof Success)) {
            return Optional.empty();
        }
        int end = 0;
        while (end < MAX_NAME && ifreq[end] != 0) {
            end++;
        }
        return Optional.of(new String(ifreq, 0, end, StandardCharsets.UTF_8));
    }

    private static ByteBuffer wrap(byte[] ifreq) {
        return ByteBuffer.wrap(ifreq).order(ByteOrder.nativeOrder());
    }
}
