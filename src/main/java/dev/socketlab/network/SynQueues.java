package dev.socketlab.network;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.TcpState;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
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
    private final Map<Long, Set<Long>> own = new HashMap<>();
    private final Map<Long, Set<Long>> perhaps = new HashMap<>();

    /**
     * @param listed the sockets of a network namespace, in these states at least
     * @param nobodys the cookies of requests whose listener was closed
     * @param unclear the cookies of requests of which that is not known
     */
    SynQueues(List<SockDiag.Tcp> listed, Set<Long> nobodys, Set<Long> unclear) {
        for (SockDiag.Tcp one : listed) {
            if (one.state() == TcpState.LISTEN) {
                listeners
                        .computeIfAbsent(SockDiag.port(one.local()), _ -> new ArrayList<>())
                        .add(one);
            }
        }
        for (SockDiag.Tcp one : listed) {
            if (one.state() == TcpState.SYN_RECV && !nobodys.contains(one.cookie())) {
                List<SockDiag.Tcp> best = best(one);
                boolean known = best.size() == 1 && !unclear.contains(one.cookie());
                for (SockDiag.Tcp listener : best) {
                    (known ? own : perhaps)
                            .computeIfAbsent(listener.inode(), _ -> new HashSet<>())
                            .add(one.cookie());
                }
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
        return perhaps(inode).isEmpty() ? (Long) (long) own(inode).size() : null;
    }

    /** The cookies of the requests that are a listener's. */
    Set<Long> own(long inode) {
        return own.getOrDefault(inode, Set.of());
    }

    /** The cookies of those that may be. */
    Set<Long> perhaps(long inode) {
        return perhaps.getOrDefault(inode, Set.of());
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

    /**
     * 0 where the request is not for the listener; the higher, the better it fits. The interface of
     * a request is its listener's, or, where that is bound to none and the peer is a link-local
     * address, the one that it came by.
     */
    private static int score(SockDiag.Tcp listener, SockDiag.Tcp request) {
        SocketAddress to = request.local().unmapped();
        SocketAddress at = listener.local().unmapped();
        boolean ipv4 = to.family() == AddressFamily.AF_INET;
        boolean specific = Arrays.equals(to.ip(), at.ip());
        boolean takes = ipv4 ? !listener.v6only() : at.family() == AddressFamily.AF_INET6;
        boolean bound = listener.device() != 0;
        boolean elsewhere = bound && listener.device() != request.device();
        boolean everywhere = isWildcard(at) && takes;
        if (elsewhere || !(specific || everywhere)) {
            return 0;
        }
        return 1
                + (specific ? 4 : 0)
                + (bound ? 2 : 0)
                + (at.family() == AddressFamily.AF_INET ? 1 : 0);
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
