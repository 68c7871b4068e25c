package dev.socketlab.policy;

import dev.socketlab.policy.PolicyException.Rule;
import dev.socketlab.refusal.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which control messages a session may send with sendmsg(2), judged by the name that Linux has for
 * the number of their type at their level; numbers without a name, or with that of an option alone,
 * go to the kernel, which knows no such message.
 */
public final class ControlPolicy {
    private static final Set<String> ALLOWED =
            Set.of(
                    "SCM_RIGHTS",
                    "SCM_CREDENTIALS",
                    "SCM_TIMESTAMPING",
                    "SCM_TXTIME",
                    "SCM_TS_OPT_ID",
                    "SO_PRIORITY",
                    "IP_TTL",
                    "IP_TOS",
                    "IPV6_HOPLIMIT",
                    "IPV6_2292HOPLIMIT",
                    "IPV6_TCLASS",
                    "IPV6_DONTFRAG",
                    "UDP_SEGMENT");

    /** Refused on the machine's network: another source, another way, another interface. */
    private static final Set<String> NOT_ON_HOST =
            Set.of(
                    "SO_MARK",
                    "IP_PKTINFO",
                    "IP_RETOPTS",
                    "IP_PROTOCOL",
                    "IPV6_PKTINFO",
                    "IPV6_2292PKTINFO",
                    "IPV6_FLOWINFO",
                    "IPV6_RTHDR",
                    "IPV6_2292RTHDR",
                    "IPV6_HOPOPTS",
                    "IPV6_2292HOPOPTS",
                    "IPV6_DSTOPTS",
                    "IPV6_2292DSTOPTS",
                    "IPV6_RTHDRDSTOPTS");

    private final boolean any;

    /**
     * @param any whether the operator gave sessions the whole of the machine's network, or it is a
     *     network of their own
     */
    ControlPolicy(boolean any) {
        this.any = any;
    }

    /**
     * Judges a control message.
     *
     * @param name the name Linux has for its type; null where it has none
     * @throws PolicyException when it is refused
     */
    public void judge(@Nullable String name) {
        if (name == null || (NOT_ON_HOST.contains(name) ? any : isFree(name))) {
            return;
        }
        throw new PolicyException(
                Rule.CONTROL_MESSAGE,
                NOT_ON_HOST.contains(name)
                        ? Reason.of("policy.control-on-host", name)
                        : Reason.of(
                                "policy.control",
                                name,
                                String.join(", ", ALLOWED.stream().sorted().toList())));
    }

    private static boolean isFree(String name) {
        return ALLOWED.contains(name) || name.startsWith("SO_");
    }

    /**
     * Judges the credentials of SCM_CREDENTIALS: a process may give its own, and the session's is
     * the service's.
     *
     * @throws PolicyException when they are others
     */
    public static void judgeCredentials(boolean own, String credentials) {
        if (!own) {
            throw new PolicyException(
                    Rule.CONTROL_MESSAGE, Reason.of("policy.credentials", credentials));
        }
    }
}
