package dev.socketlab.inspect;

import dev.socketlab.linux.AddressFamily;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.TcpState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which request for a connection is in the SYN queue of which listener. The kernel lists requests
 * without their listeners, so it is found as the kernel itself finds it, by {@code compute_score}
 * of net/ipv4/inet_hashtables.c: the address that fits best.
 */
public final class SynQueues {
    /** What {@link SockDiag#list} is asked for. */
    public static final int STATES =
            TcpState.bit(TcpState.LISTEN) | TcpState.bit(TcpState.SYN_RECV);

    private final Map<Integer, List<SockDiag.Tcp>> listeners = new HashMap<>();
    private final Map<Long, Long> depths = new HashMap<>();
    private final Set<Long> shared = new HashSet<>();

    /**
     * @param listed the sockets of a network namespace, in these states at least
     */
    public SynQueues(List<SockDiag.Tcp> listed) {
        for (SockDiag.Tcp one : listed) {
            if (one.state() == TcpState.LISTEN) {
                listeners
                        .computeIfAbsent(SockDiag.port(one.local()), _ -> new ArrayList<>())
                        .add(one);
            }
        }
        for (SockDiag.Tcp one : listed) {
            if (one.state() == TcpState.SYN_RECV) {
                count(best(one));
            }
        }
    }

    private void count(List<SockDiag.Tcp> best) {
        for (SockDiag.Tcp listener : best) {
            depths.merge(listener.inode(), 1L, Long::sum);
            if (best.size() > 1) {
                shared.add(listener.inode());
            }
        }
    }

    /**
     * How many requests are in the SYN queue of a listener; null where listeners share the port
     * (SO_REUSEPORT), so that it cannot be told whose a request is.
     *
     * @param inode the listener's
     */
    public @Nullable Long depth(long inode) {
        return shared.contains(inode) ? null : depths.getOrDefault(inode, 0L);
    }

    private List<SockDiag.Tcp> best(SockDiag.Tcp request) {
        List<SockDiag.Tcp> best = new ArrayList<>();
        int score = 0;
        for (SockDiag.Tcp listener :
                listeners.getOrDefault(SockDiag.port(request.local()), List.of())) {
            int one = score(listener, request);
            if (one > score) {
                best.clear();
                score = one;
            }
            if (one == score && one > 0) {
                best.add(listener);
            }
        }
        return best;
    }

    /** 0 where the request is not for the listener; the higher, the better it fits. */
    private static int score(SockDiag.Tcp listener, SockDiag.Tcp request) {
        SocketAddress to = request.local().unmapped();
        SocketAddress at = listener.local().unmapped();
        if (request.device() != listener.device()) {
            return 0;
        }
        boolean ipv4 = to.family() == AddressFamily.AF_INET;
        if (Arrays.equals(to.ip(), at.ip())) {
            return 4;
        }
        boolean wildcard = isWildcard(at);
        boolean takes = ipv4 ? !listener.v6only() : at.family() == AddressFamily.AF_INET6;
        return !wildcard || !takes ? 0 : at.family() == AddressFamily.AF_INET ? 2 : 1;
    }

    private static boolean isWildcard(SocketAddress address) {
        for (byte one : address.ip()) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }
}
