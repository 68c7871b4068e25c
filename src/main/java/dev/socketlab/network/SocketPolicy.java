package dev.socketlab.network;

import dev.socketlab.linux.AddressFamily;
import dev.socketlab.linux.IpProtocol;
import dev.socketlab.linux.SocketType;
import dev.socketlab.network.PolicyException.Rule;
import java.util.Set;

/**
 * Which kinds of socket a session may make: stream sockets of the internet families. What Linux has
 * no name for, and types that those families do not have, go to the kernel, which refuses them with
 * an errno of its own.
 */
public final class SocketPolicy {
    private static final Set<Integer> FAMILIES =
            Set.of(AddressFamily.AF_INET, AddressFamily.AF_INET6);
    private static final Set<Integer> REFUSED_TYPES =
            Set.of(
                    SocketType.SOCK_DGRAM,
                    SocketType.SOCK_RAW,
                    SocketType.SOCK_DCCP,
                    SocketType.SOCK_PACKET);

    private static final Set<Integer> PROTOCOLS =
            Set.of(
                    IpProtocol.IPPROTO_IP,
                    IpProtocol.IPPROTO_ICMP,
                    IpProtocol.IPPROTO_TCP,
                    IpProtocol.IPPROTO_UDP,
                    IpProtocol.IPPROTO_UDPLITE,
                    IpProtocol.IPPROTO_ICMPV6,
                    IpProtocol.IPPROTO_RAW);

    private SocketPolicy() {}

    /**
     * Judges what socket(2) is asked for.
     *
     * @throws PolicyException when it is refused
     */
    public static void judge(int domain, int type, int protocol) {
        boolean named = domain >= 0 && domain < AddressFamily.AF_MAX;
        if (named && !FAMILIES.contains(domain)) {
            throw refusal("domain", AddressFamily.NAMES.text(domain), "AF_INET and AF_INET6");
        }
        int kind = SocketType.withoutFlags(type);
        if (REFUSED_TYPES.contains(kind)) {
            throw refusal("type", SocketType.NAMES.text(kind), "SOCK_STREAM");
        }
        if (IpProtocol.NAMES.name(protocol) != null && !PROTOCOLS.contains(protocol)) {
            throw refusal("protocol", IpProtocol.NAMES.text(protocol), "0 and IPPROTO_TCP");
        }
    }

    private static PolicyException refusal(String parameter, String value, String allowed) {
        return new PolicyException(
                Rule.SOCKET,
                "A session may not make a socket with "
                        + parameter
                        + " "
                        + value
                        + "; this service makes stream sockets, so "
                        + parameter
                        + " is one of "
                        + allowed
                        + ".");
    }
}
