package dev.socketlab.network;

import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Netdb.Addrinfo;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.policy.IpAddress;
import dev.socketlab.policy.IpBlock;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order in which getaddrinfo(3) gives the addresses of a name: RFC 3484, section 6, with the
 * tables that the GNU C library has where gai.conf(5) says nothing else. Of the rules those are
 * here that can tell addresses of a session's network apart: 1, 2, 5, 6, 8, 9 and 10.
 */
final class DestinationOrder {
    private static final int LINK_LOCAL = 2; // RFC 4291 2.7 has the numbers of scopes
    private static final int SITE_LOCAL = 5;
    private static final int GLOBAL = 14;
    private static final int ANY_PORT = 9; // discard; nothing is sent

    /** A row of the policy table; the longest prefix that fits counts. */
    private record Policy(IpBlock block, int label, int precedence) {
        static Policy of(String block, int label, int precedence) {
            return new Policy(IpBlock.parse(block), label, precedence);
        }
    }

    private static final Policy IPV4 = Policy.of("0.0.0.0/0", 4, 10);
    private static final List<Policy> IPV6 =
            List.of(
                    Policy.of("::1/128", 0, 50),
                    Policy.of("::/96", 3, 20),
                    Policy.of("2001::/32", 7, 40),
                    Policy.of("2002::/16", 2, 30),
                    Policy.of("fec0::/10", 5, 40),
                    Policy.of("fc00::/7", 6, 40),
                    Policy.of("::/0", 1, 40));

    private static final List<IpBlock> LINK_LOCAL_BLOCKS =
            List.of(
                    IpBlock.parse("127.0.0.0/8"),
                    IpBlock.parse("169.254.0.0/16"),
                    IpBlock.parse("::1/128"),
                    IpBlock.parse("fe80::/10"));

    private static final IpBlock LOOPBACK = IpBlock.parse("127.0.0.0/8");
    private static final IpBlock SITE_LOCAL_BLOCK = IpBlock.parse("fec0::/10");
    private static final IpBlock MULTICAST = IpBlock.parse("ff00::/8");

    /**
     * A destination, and where the host would send from.
     *
     * @param source of the destination's family; null where it cannot be reached
     * @param subnet the length of the prefix of the network that an IPv4 source is on
     */
    private record Candidate(
            SocketAddress destination, @Nullable SocketAddress source, int subnet) {
        boolean isUnusable() {
            return source == null;
        }

        boolean isOtherScope() {
            return source != null && scope(source) != scope(destination);
        }

        boolean isOtherLabel() {
            return source != null && policy(source).label() != policy(destination).label();
        }

        /** How many leading bits source and destination share; of IPv4 only within the subnet. */
        int commonPrefix() {
            if (source == null) {
                return 0;
            }
            BigInteger differing =
                    new BigInteger(1, source.ip()).xor(new BigInteger(1, destination.ip()));
            int common = source.ip().length * Byte.SIZE - differing.bitLength();
            boolean counts = !(source instanceof SocketAddress.Inet) || common >= subnet;
            return counts ? common : 0;
        }
    }

    private static final Comparator<Candidate> RULES =
            Comparator.comparing(Candidate::isUnusable)
                    .thenComparing(Candidate::isOtherScope)
                    .thenComparing(Candidate::isOtherLabel)
                    .thenComparingInt(c -> -policy(c.destination()).precedence())
                    .thenComparingInt(c -> scope(c.destination()))
                    .thenComparingInt(c -> -c.commonPrefix());

    private DestinationOrder() {}

    /** Sorts a list by where its addresses are as seen from a host; equals keep their order. */
    static List<Addrinfo> sort(IsolatedHost host, Kernel kernel, List<Addrinfo> list) {
        if (list.size() < 2) {
            return list;
        }
        Map<SocketAddress, Candidate> candidates =
                host.in(() -> candidates(kernel, host.spec(), list));
        List<Addrinfo> sorted = new ArrayList<>(list);
        sorted.sort(Comparator.comparing(ai -> candidates.get(ai.addr()), RULES));
        return sorted;
    }

    /** On the host, one visit for all. */
    private static Map<SocketAddress, Candidate> candidates(
            Kernel kernel, HostSpec host, List<Addrinfo> list) {
        Map<SocketAddress, Candidate> candidates = new HashMap<>();
        for (Addrinfo ai : list) {
            SocketAddress destination = ai.addr();
            if (destination != null && !candidates.containsKey(destination)) {
                SocketAddress source = source(kernel, destination).orElse(null);
                int subnet = source instanceof SocketAddress.Inet inet ? subnet(host, inet) : 0;
                candidates.put(destination, new Candidate(destination, source, subnet));
            }
        }
        return candidates;
    }

    /** What a datagram socket is bound to when it connects there, though nothing is sent. */
    private static Optional<SocketAddress> source(Kernel kernel, SocketAddress destination) {
        int type = SocketType.SOCK_DGRAM | SocketFlag.SOCK_CLOEXEC;
        if (!(kernel.socket(destination.family(), type, 0) instanceof Success(long made))) {
            return Optional.empty();
        }
        int fd = (int) made;
        try {
            OutBuffer local = OutBuffer.forAddress();
            boolean reached =
                    kernel.connect(fd, withPort(destination).toBytes()) instanceof Success
                            && kernel.getsockname(fd, local) instanceof Success;
            return reached ? Optional.ofNullable(local.address()) : Optional.empty();
        } finally {
            kernel.close(fd);
        }
    }

    private static SocketAddress withPort(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet inet -> new SocketAddress.Inet(inet.address(), ANY_PORT);
            case SocketAddress.Inet6 inet6 ->
                    new SocketAddress.Inet6(
                            inet6.high(), inet6.low(), ANY_PORT, 0, inet6.scopeId());
            case SocketAddress.Unix _, SocketAddress.Packet _, SocketAddress.Other _ -> address;
        };
    }

    /**
     * The length of the prefix that the host's address has; all of it for any other address, and on
     * a host with no IPv6 address but ::1, where the library keeps no list of prefixes:
     * make_request of sysdeps/unix/sysv/linux/check_pf.c.
     */
    private static int subnet(HostSpec host, SocketAddress.Inet source) {
        HostSpec.Interface eth0 = host.eth0();
        if (eth0 == null || eth0.ipv6() == null) {
            return Integer.SIZE;
        }
        if (LOOPBACK.contains(IpAddress.of(source))) {
            return LOOPBACK.prefix();
        }
        return Arrays.equals(eth0.ipv4().bytes(), source.ip())
                ? eth0.ipv4().prefix()
                : Integer.SIZE;
    }

    /** By the policy table an IPv4-mapped address is the IPv4 address. */
    private static Policy policy(SocketAddress address) {
        IpAddress ip = address(address.unmapped());
        return IPV6.stream().filter(row -> row.block().contains(ip)).findFirst().orElse(IPV4);
    }

    /** An IPv4-mapped address is global, whatever it is of IPv4. */
    private static int scope(SocketAddress address) {
        IpAddress ip = address(address);
        if (LINK_LOCAL_BLOCKS.stream().anyMatch(block -> block.contains(ip))) {
            return LINK_LOCAL;
        }
        if (MULTICAST.contains(ip)) {
            return address.ip()[1] & 0xf;
        }
        return SITE_LOCAL_BLOCK.contains(ip) ? SITE_LOCAL : GLOBAL;
    }

    /** Whole, where {@link IpAddress#of} takes an IPv4-mapped address for IPv4. */
    private static IpAddress address(SocketAddress address) {
        byte[] ip = address.ip();
        return new IpAddress(new BigInteger(1, ip), ip.length * Byte.SIZE);
    }
}
