package dev.socketlab.network;

import dev.socketlab.linux.IpProtocol;
import dev.socketlab.network.PolicyException.Rule;
import java.util.Set;
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
                    "IPV6_RTHDR");

    private static final int REGISTERED_FIRST = 64;
    private static final int REGISTERED_LAST = 4095;

    private final boolean any;

    /**
     * @param any whether the operator gave sessions the whole of the machine's network
     */
    public OptionPolicy(boolean any) {
        this.any = any;
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
                        Rule.OPTION,
                        "Option "
                                + optname
                                + " of that level belongs to netfilter, multicast routing or IPsec,"
                                + " which no session may change.");
            }
        } else if (!known) {
            throw new PolicyException(
                    Rule.OPTION,
                    name
                            + " is not among the options that a session may use;"
                            + " GET …/options of a socket lists those.");
        } else if (!any && NOT_ON_HOST.contains(name)) {
            throw new PolicyException(
                    Rule.OPTION,
                    name
                            + " would reach beyond the session on the machine's network, and is refused"
                            + " there.");
        }
    }
}
