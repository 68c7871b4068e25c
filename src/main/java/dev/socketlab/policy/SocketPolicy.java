package dev.socketlab.policy;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketType;
import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.refusal.Reason;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which kinds of socket a session may make: the families AF_INET, AF_INET6, AF_UNIX and AF_PACKET,
 * the protocols TCP, UDP, UDP-Lite and ICMP, raw sockets, and what the operator adds. On the
 * machine's network packet and raw sockets too are the operator's to allow. What Linux has no name
 * for, and types that a family does not have, go to the kernel, which refuses them with an errno of
 * its own.
 */
public final class SocketPolicy {
    private static final String RAW = "SOCK_RAW";

    private static final Set<Integer> FAMILIES =
            Set.of(AddressFamily.AF_INET, AddressFamily.AF_INET6, AddressFamily.AF_UNIX);

    private static final Set<Integer> PROTOCOLS =
            Set.of(
                    IpProtocol.IPPROTO_IP,
                    IpProtocol.IPPROTO_ICMP,
                    IpProtocol.IPPROTO_TCP,
                    IpProtocol.IPPROTO_UDP,
                    IpProtocol.IPPROTO_UDPLITE,
                    IpProtocol.IPPROTO_ICMPV6,
                    IpProtocol.IPPROTO_RAW);

    private final boolean own;
    private final boolean raw;
    private final Set<Integer> families = new TreeSet<>(FAMILIES);
    private final Set<Integer> protocols = new TreeSet<>(PROTOCOLS);

    /**
     * @param own whether it is for networks of sessions' own
     * @param allow the entries of {@code socketlab.socket.allow}: names of families and protocols,
     *     and SOCK_RAW
     * @throws IllegalArgumentException when an entry is none of these
     */
    public SocketPolicy(boolean own, List<String> allow) {
        this.own = own;
        this.raw = own || allow.contains(RAW);
        if (own) {
            families.add(AddressFamily.AF_PACKET);
        }
        for (String name : allow) {
            if (!name.equals(RAW) && !add(name)) {
                throw new IllegalArgumentException(
                        "\""
                                + name
                                + "\" in socketlab.socket.allow is no address family such as"
                                + " AF_NETLINK, no protocol such as IPPROTO_SCTP, and not SOCK_RAW");
            }
        }
    }

    /** The families that sessions may use, by name. */
    public List<String> families() {
        return families.stream().map(AddressFamily.NAMES::text).toList();
    }

    private boolean add(String name) {
        OptionalInt family = AddressFamily.NAMES.value(name);
        OptionalInt protocol = IpProtocol.NAMES.value(name);
        family.ifPresent(families::add);
        protocol.ifPresent(protocols::add);
        return family.isPresent() || protocol.isPresent();
    }

    /**
     * Judges what socket(2) or socketpair(2) is asked for.
     *
     * @throws PolicyException when it is refused
     */
    public void judge(int domain, int type, int protocol) {
        int kind = SocketType.withoutFlags(type);
        boolean inet = domain == AddressFamily.AF_INET || domain == AddressFamily.AF_INET6;
        // an old way to ask for a packet socket, __sock_create of net/socket.c
        boolean packet =
                domain == AddressFamily.AF_PACKET || (inet && kind == SocketType.SOCK_PACKET);
        if (packet) {
            judgePacket();
        } else if (inet) {
            judgeInet(kind, protocol);
        } else if (domain >= 0 && domain < AddressFamily.AF_MAX && !hasFamily(domain)) {
            throw refusal("domain", AddressFamily.NAMES.text(domain), families());
        }
    }

    private void judgePacket() {
        if (!families.contains(AddressFamily.AF_PACKET)) {
            throw new PolicyException(Rule.SOCKET, Reason.of("policy.packet-socket"));
        }
    }

    /** A raw socket needs a protocol; without one the kernel refuses it, whoever asks. */
    private void judgeInet(int kind, int protocol) {
        if (kind == SocketType.SOCK_RAW) {
            if (!raw && protocol != IpProtocol.IPPROTO_IP) {
                throw new PolicyException(Rule.SOCKET, Reason.of("policy.raw-socket"));
            }
        } else if (IpProtocol.NAMES.name(protocol) != null && !hasProtocol(protocol)) {
            throw refusal(
                    "protocol",
                    IpProtocol.NAMES.text(protocol),
                    protocols.stream().map(IpProtocol.NAMES::text).toList());
        } else if (kind == SocketType.SOCK_DCCP && !hasProtocol(IpProtocol.IPPROTO_DCCP)) {
            throw refusal("type", "SOCK_DCCP", List.of("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW"));
        }
    }

    /**
     * Judges a command of fcntl(2) beside F_GETFL, F_SETFL, F_GETFD, F_SETFD and those that
     * duplicate: others that Linux names would signal other processes or lock files.
     *
     * @throws PolicyException when Linux names it
     */
    public static void judgeFcntl(int cmd) {
        if ((cmd >= 5 && cmd <= 63) || (cmd >= 1024 && cmd <= 1087)) {
            throw new PolicyException(Rule.SOCKET, Reason.of("policy.fcntl", cmd));
        }
    }

    /**
     * Judges a look at sockets that no descriptor refers to.
     *
     * @throws PolicyException where they may be another's
     */
    public void judgeWithoutDescriptor() {
        if (!own) {
            throw new PolicyException(Rule.SOCKET, Reason.of("policy.without-descriptor"));
        }
    }

    /** No protocol has AF_UNSPEC, so the kernel refuses it. */
    private boolean hasFamily(int family) {
        return family == AddressFamily.AF_UNSPEC || families.contains(family);
    }

    private boolean hasProtocol(int protocol) {
        return protocols.contains(protocol);
    }

    private static PolicyException refusal(String parameter, String value, List<String> allowed) {
        return new PolicyException(
                Rule.SOCKET,
                Reason.of("policy.socket", parameter, value, String.join(", ", allowed)));
    }
}
