package dev.socketlab.syscall;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.network.MachineNetwork;
import dev.socketlab.policy.AddressUse;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.Session;
import org.jspecify.annotations.Nullable;

/** From whom a session may receive datagrams. */
final class Senders {
    private Senders() {}

    /**
     * Whether the senders of what such a socket receives are judged: a socket that a send has bound
     * takes datagrams from everywhere on the machine's network.
     */
    static boolean areJudged(Session session, SocketKind kind) {
        boolean inet =
                kind.domain() == AddressFamily.AF_INET || kind.domain() == AddressFamily.AF_INET6;
        return inet
                && kind.type() != SocketType.SOCK_STREAM
                && session.network() instanceof MachineNetwork;
    }

    /** Whether the policy refuses what such a sender sent. */
    static boolean isRefused(Session session, SocketKind kind, @Nullable SocketAddress sender) {
        if (sender == null || !areJudged(session, kind)) {
            return false;
        }
        try {
            session.network().egress().judge(AddressUse.RECEIVE, sender);
            return false;
        } catch (PolicyException _) {
            return true;
        }
    }
}
