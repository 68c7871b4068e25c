package dev.socketlab.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The systems whose layouts and constants this package has: 64-bit Linux on x86-64 and aarch64. */
public final class Platform {
    /** Whether the kernel has IPv6: ipv6.disable=1 switches it off. */
    public static final boolean HAS_IPV6 = Files.exists(Path.of("/proc/net/if_inet6"));

    private Platform() {}

    /** Whether the processor is an x86-64 one; else it is an aarch64. */
    static boolean isX86() {
        return System.getProperty("os.arch").equals("amd64");
    }

    /** Why the service cannot run on such a system, in one line; empty where it can. */
    public static Optional<String> unsupported(String osName, String osArch) {
        boolean known = osArch.equals("amd64") || osArch.equals("aarch64");
        return osName.equals("Linux") && known
                ? Optional.empty()
                : Optional.of(
                        "Socket Lab needs Linux on x86-64 or aarch64, with the GNU C library; this is "
                                + osName
                                + " on "
                                + osArch
                                + ". A Linux virtual machine or container will do.");
    }
}
