package dev.socketlab.linux;

import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.OpenFlag;
import dev.socketlab.linux.SyscallResult.Failure;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * TAP interfaces: an Ethernet interface whose cable is a file descriptor, from which what the
 * interface sends is read and into which what it is to receive is written, a whole frame a call.
 * The kernel's Documentation/networking/tuntap.rst; linux/if_tun.h.
 */
public final class Tap {
    public static final int TUNSETIFF = 0x400454ca;
    public static final int TUNSETPERSIST = 0x400454cb;
    public static final int IFF_TAP = 0x2;
    public static final int IFF_NO_PI = 0x1000;

    /** Where such interfaces come from. */
    public static final String CLONE_DEVICE = "/dev/net/tun";

    /** The largest MTU that the kernel gives one, in bytes: 65,535 less the Ethernet header. */
    public static final int MAX_MTU = 65521;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(Tap.class);

    private Tap() {}

    /**
     * Makes an interface in the network namespace of the calling thread, where it stays until the
     * namespace ends: taking it away alone, as closing its fd would otherwise do, takes the kernel
     * some thirty milliseconds, one interface after the other.
     *
     * @return the fd, which does not block; the caller closes it
     * @throws SyscallException of open (ENOENT, EACCES: the device) or TUNSETIFF (EPERM: without
     *     CAP_NET_ADMIN; EBUSY)
     */
    public static int create(Kernel kernel, String name) {
        int flags = OpenFlag.O_RDWR | OpenFlag.O_NONBLOCK | OpenFlag.O_CLOEXEC;
        int fd = Math.toIntExact(kernel.open(CLONE_DEVICE, flags).orThrow("open " + CLONE_DEVICE));
        byte[] ifreq =
                Arrays.copyOf(
                        name.getBytes(StandardCharsets.US_ASCII), (int) Layouts.IFREQ.byteSize());
        MemorySegment.ofArray(ifreq)
                .set(
                        Layouts.SHORT,
                        Layouts.offset(Layouts.IFREQ, "ifr_flags"),
                        (short) (IFF_TAP | IFF_NO_PI));
        if (kernel.ioctl(fd, TUNSETIFF, ifreq) instanceof Failure(Errno errno)) {
            kernel.close(fd);
            throw new SyscallException("TUNSETIFF", errno);
        }
        kernel.ioctl(fd, TUNSETPERSIST, new byte[1]); // any argument but NULL means yes
        return fd;
    }
}
