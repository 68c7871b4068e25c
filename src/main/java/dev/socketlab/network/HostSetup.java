package dev.socketlab.network;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.OpenFlag;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Platform;
import dev.socketlab.linux.Rtnetlink;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.linux.Tap;
import dev.socketlab.place.Ground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What makes a new, empty network namespace a host. On a lab thread, in that namespace. */
final class HostSetup {
    private static final String SYSCTL = "/proc/sys/net/";

    /** Any port can be bound; ip-sysctl.rst in the kernel's documentation has these. */
    private static final String PORTS = "ipv4/ip_unprivileged_port_start";

    /**
     * The groups that may make ICMP sockets, icmp(7): the service's own, as most systems have it.
     */
    private static final String PING = "ipv4/ping_group_range";

    private static final String OWN_GROUP = "0 0";

    /**
     * Without these an IPv6 interface talks by itself: it asks whether its addresses are taken,
     * looks for routers, and reports its groups again for a second.
     */
    private static final List<String> QUIET =
            List.of(
                    "ipv6/conf/default/accept_dad",
                    "ipv6/conf/default/dad_transmits",
                    "ipv6/conf/default/router_solicitations",
                    "ipv6/conf/default/accept_ra",
                    "ipv6/conf/default/autoconf",
                    "ipv6/conf/default/mldv2_unsolicited_report_interval");

    /**
     * How many buckets the table of connections has in the namespaces that are made from here, from
     * Linux 6.1 on. By itself it is the machine's, of some hundred thousand, and each list of
     * sockets walks through all of it.
     */
    private static final String TABLE = "ipv4/tcp_child_ehash_entries";

    private static final int BUCKETS = 512;

    /** The kernel sizes these by that table; hosts have them as the machine has them. */
    private static final List<String> SIZED_BY_TABLE =
            List.of("ipv4/tcp_max_tw_buckets", "ipv4/tcp_max_syn_backlog");

    private HostSetup() {}

    /**
     * What was made for a host.
     *
     * @param namespace the fd that keeps the namespace
     * @param cookie what SO_NETNS_COOKIE says of every socket in it
     * @param tap the fd of eth0; -1 where there is none
     */
    record Made(int namespace, long cookie, int tap) {}

    /**
     * What hosts are to have as the machine has it, where it has it; by a thread of the service.
     */
    static Map<String, Integer> machinesSysctls() {
        Map<String, Integer> values = new HashMap<>();
        for (String name : SIZED_BY_TABLE) {
            Path file = Path.of(SYSCTL + name);
            try {
                if (Files.isReadable(file)) {
                    // in lines, since a sysctl gives its value to the first read alone
                    values.put(name, Integer.valueOf(Files.readAllLines(file).getFirst()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return values;
    }

    /** Prepares the calling thread's namespace for others to be made from it. */
    static void prepare(Kernel kernel) {
        try {
            sysctl(kernel, TABLE, BUCKETS);
        } catch (SyscallException _) {
            return; // lists of sockets are slower, and nothing else
        }
    }

    /**
     * Sets the calling thread's namespace up.
     *
     * @throws SyscallException when the kernel refuses something; nothing is left open then
     */
    static Made make(Kernel kernel, Map<String, Integer> sysctls, HostSpec spec) {
        int namespace = Ground.namespace(kernel);
        int tap = -1;
        try {
            HostSpec.Interface eth0 = spec.eth0();
            sysctl(kernel, PORTS, 0);
            sysctl(kernel, PING, OWN_GROUP);
            sysctls.forEach((name, value) -> sysctl(kernel, name, value));
            if (Platform.HAS_IPV6) {
                QUIET.forEach(name -> sysctl(kernel, name, 0));
            }
            if (eth0 != null) {
                tap = Tap.create(kernel, HostSpec.Interface.NAME);
            }
            try (Rtnetlink links = new Rtnetlink(kernel)) {
                links.up(links.index("lo"));
                if (eth0 != null) {
                    plug(links, eth0);
                }
            }
            return new Made(namespace, cookieHere(kernel), tap);
        } catch (RuntimeException e) {
            undo(kernel, new Made(namespace, 0, tap));
            throw e;
        }
    }

    /** Closes what was made, at once; the kernel takes the namespace apart in the background. */
    static void undo(Kernel kernel, Made made) {
        if (made.tap() >= 0) {
            kernel.close(made.tap());
        }
        kernel.close(made.namespace());
    }

    private static void plug(Rtnetlink links, HostSpec.Interface eth0) {
        int index = links.index(HostSpec.Interface.NAME);
        links.set(index, eth0.macBytes(), eth0.mtu());
        links.up(index);
        links.addAddress(index, eth0.ipv4().bytes(), eth0.ipv4().prefix());
        InterfaceAddress address = eth0.ipv6();
        if (Platform.HAS_IPV6 && address != null) {
            links.addAddress(index, address.bytes(), address.prefix());
        }
    }

    private static long cookieHere(Kernel kernel) {
        int type = SocketType.SOCK_DGRAM | SocketFlag.SOCK_CLOEXEC;
        int fd = Math.toIntExact(kernel.socket(AddressFamily.AF_INET, type, 0).orThrow("socket"));
        try {
            return SocketCookie.ofNamespace(kernel, fd);
        } finally {
            kernel.close(fd);
        }
    }

    private static void sysctl(Kernel kernel, String name, int value) {
        sysctl(kernel, name, Integer.toString(value));
    }

    private static void sysctl(Kernel kernel, String name, String value) {
        String path = SYSCTL + name;
        int flags = OpenFlag.O_WRONLY | OpenFlag.O_CLOEXEC;
        int fd =
                switch (kernel.open(path, flags)) {
                    case Success(long opened) -> (int) opened;
                    case Failure(Errno errno) -> throw new SyscallException("open " + path, errno);
                };
        try {
            byte[] text = value.getBytes(StandardCharsets.US_ASCII);
            kernel.write(fd, text, 0, text.length).orThrow("write " + path);
        } finally {
            kernel.close(fd);
        }
    }
}
