package dev.socketlab.policy;

import dev.socketlab.abi.IpProtocol;
import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.refusal.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which socket options a session may use. An option is judged by the name that Linux has for its
 * number at its level, however it was written; numbers without a name go to the kernel, but for the
 * ranges in which netfilter, multicast routing and IPsec register theirs.
 */
public final class OptionPolicy {
    /** Refused on the machine's network, where they would reach past the session. */
    private static final Set<String> NOT_ON_HOST =
            Set.of(
                    "SO_BINDTODEVICE",
                    "SO_BINDTOIFINDEX",
                    "SO_MARK",
                    "SO_SNDBUFFORCE",
                    "SO_RCVBUFFORCE",
                    "IP_TRANSPARENT",
                    "IPV6_TRANSPARENT",
                    "IP_FREEBIND",
                    "IPV6_FREEBIND",
                    "IP_OPTIONS",
                    "IPV6_RTHDR",
                    "IPV6_PKTINFO",
                    "IPV6_2292PKTOPTIONS",
                    "IPV6_HOPOPTS",
                    "IPV6_DSTOPTS",
                    "IPV6_RTHDRDSTOPTS",
                    "IP_HDRINCL",
                    "IPV6_HDRINCL",
                    "IP_ADD_MEMBERSHIP",
                    "IP_ADD_SOURCE_MEMBERSHIP",
                    "MCAST_JOIN_GROUP",
                    "MCAST_JOIN_SOURCE_GROUP",
                    "IPV6_JOIN_GROUP",
                    "IPV6_JOIN_ANYCAST",
                    "IPV6_NEXTHOP",
                    "IPV6_FLOWLABEL_MGR");

    /** Refused on every network, with the reason. */
    private static final Map<String, Reason> REFUSED =
            reasons(
                    Map.of(
                            Reason.of("policy.option.program"),
                            "SO_ATTACH_FILTER SO_ATTACH_BPF SO_ATTACH_REUSEPORT_CBPF"
                                    + " SO_ATTACH_REUSEPORT_EBPF PACKET_FANOUT_DATA",
                            Reason.of("policy.option.ring"),
                            "PACKET_RX_RING PACKET_TX_RING PACKET_TX_HAS_OFF",
                            Reason.of("policy.option.repair"),
                            "TCP_REPAIR TCP_REPAIR_QUEUE TCP_QUEUE_SEQ TCP_REPAIR_OPTIONS"
                                    + " TCP_REPAIR_WINDOW TCP_AO_REPAIR",
                            Reason.of("policy.option.protocol"),
                            "TCP_ULP UDP_ENCAP",
                            Reason.of("policy.option.keys"),
                            "TCP_MD5SIG TCP_MD5SIG_EXT TCP_FASTOPEN_KEY TCP_AO_ADD_KEY"
                                    + " TCP_AO_DEL_KEY TCP_AO_INFO TCP_AO_GET_KEYS",
                            Reason.of("policy.option.memory"),
                            "SO_ZEROCOPY TCP_ZEROCOPY_RECEIVE SO_DEVMEM_LINEAR SO_DEVMEM_DMABUF"
                                    + " SO_DEVMEM_DONTNEED",
                            Reason.of("policy.option.process"),
                            "SO_PEERPIDFD SO_PASSPIDFD",
                            Reason.of("policy.option.busy"),
                            "SO_BUSY_POLL SO_PREFER_BUSY_POLL SO_BUSY_POLL_BUDGET",
                            Reason.of("policy.option.ipsec"),
                            "IP_IPSEC_POLICY IP_XFRM_POLICY IPV6_IPSEC_POLICY IPV6_XFRM_POLICY"));

    private static final int REGISTERED_FIRST = 64;
    private static final int REGISTERED_LAST = 4095;

    private final boolean any;
    private final ControlPolicy control;

    /**
     * @param any whether the operator gave sessions the whole of the machine's network
     */
    public OptionPolicy(boolean any) {
        this.any = any;
        this.control = new ControlPolicy(any);
    }

    /** Which control messages may be sent, on the same network. */
    public ControlPolicy control() {
        return control;
    }

    /**
     * Judges an option.
     *
     * @param name the name Linux has for it; null where it has none
     * @param known whether the catalogue of options has it
     * @throws PolicyException when it is refused
     */
    public void judge(int level, int optname, @Nullable String name, boolean known) {
        if (name == null) {
            boolean ip = level == IpProtocol.IPPROTO_IP || level == IpProtocol.IPPROTO_IPV6;
            if (ip && optname >= REGISTERED_FIRST && optname <= REGISTERED_LAST) {
                throw new PolicyException(
                        Rule.OPTION, Reason.of("policy.registered-option", optname));
            }
        } else if (REFUSED.containsKey(name)) {
            throw new PolicyException(
                    Rule.OPTION, Reason.of("policy.refused-option", name, REFUSED.get(name)));
        } else if (!any && NOT_ON_HOST.contains(name)) {
            throw new PolicyException(Rule.OPTION, Reason.of("policy.option-on-host", name));
        } else if (!known) {
            throw new PolicyException(Rule.OPTION, Reason.of("policy.unknown-option", name));
        }
    }

    private static Map<String, Reason> reasons(Map<Reason, String> namesByReason) {
        Map<String, Reason> reasons = new HashMap<>();
        namesByReason.forEach((reason, names) ->
                Stream.of(names.split(" ")).forEach(name -> reasons.put(name, reason)));
        return Map.copyOf(reasons);
    }
}
