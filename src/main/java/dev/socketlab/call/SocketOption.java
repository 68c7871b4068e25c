package dev.socketlab.call;

import dev.socketlab.linux.ConstantSet;
import dev.socketlab.linux.IpProtocol;
import dev.socketlab.linux.IpprotoIp;
import dev.socketlab.linux.IpprotoIpv6;
import dev.socketlab.linux.IpprotoTcp;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.linux.SolSocket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of socket options: for each level the names that Linux has, and of those that a
 * session may use the form of the value.
 */
public final class SocketOption {
    private static final Map<Integer, ConstantSet> LEVELS =
            Map.of(
                    SocketLevel.SOL_SOCKET, SolSocket.NAMES,
                    IpProtocol.IPPROTO_TCP, IpprotoTcp.NAMES,
                    IpProtocol.IPPROTO_IP, IpprotoIp.NAMES,
                    IpProtocol.IPPROTO_IPV6, IpprotoIpv6.NAMES);

    private static final Map<String, OptionForm> FORMS = new HashMap<>();

    static {
        forms(
                OptionForm.INT,
                """
                SO_DEBUG SO_REUSEADDR SO_TYPE SO_ERROR SO_DONTROUTE SO_BROADCAST SO_SNDBUF SO_RCVBUF
                SO_KEEPALIVE SO_OOBINLINE SO_NO_CHECK SO_PRIORITY SO_REUSEPORT SO_RCVLOWAT SO_SNDLOWAT
                SO_DETACH_FILTER SO_TIMESTAMP SO_ACCEPTCONN SO_TIMESTAMPNS SO_TIMESTAMPING SO_PROTOCOL
                SO_DOMAIN SO_RXQ_OVFL SO_PEEK_OFF SO_LOCK_FILTER SO_SELECT_ERR_QUEUE SO_BPF_EXTENSIONS
                SO_INCOMING_CPU SO_INCOMING_NAPI_ID SO_BUF_LOCK SO_TXREHASH SO_RCVPRIORITY
                SO_TIMESTAMP_NEW SO_TIMESTAMPNS_NEW SO_TIMESTAMPING_NEW SO_RESERVE_MEM
                SO_MARK SO_BINDTOIFINDEX SO_SNDBUFFORCE SO_RCVBUFFORCE
                TCP_NODELAY TCP_MAXSEG TCP_CORK TCP_KEEPIDLE TCP_KEEPINTVL TCP_KEEPCNT TCP_SYNCNT
                TCP_LINGER2 TCP_DEFER_ACCEPT TCP_WINDOW_CLAMP TCP_QUICKACK TCP_THIN_LINEAR_TIMEOUTS
                TCP_THIN_DUPACK TCP_USER_TIMEOUT TCP_FASTOPEN TCP_TIMESTAMP TCP_NOTSENT_LOWAT
                TCP_SAVE_SYN TCP_FASTOPEN_CONNECT TCP_FASTOPEN_NO_COOKIE TCP_INQ TCP_TX_DELAY
                TCP_IS_MPTCP TCP_RTO_MAX_MS TCP_RTO_MIN_US TCP_DELACK_MAX_US
                IP_TOS IP_TTL IP_RECVOPTS IP_RETOPTS IP_PKTINFO IP_MTU_DISCOVER IP_RECVERR IP_RECVTTL
                IP_RECVTOS IP_MTU IP_RECVORIGDSTADDR IP_MINTTL IP_BIND_ADDRESS_NO_PORT
                IP_RECVFRAGSIZE IP_RECVERR_RFC4884 IP_MULTICAST_TTL IP_MULTICAST_LOOP IP_MULTICAST_ALL
                IP_LOCAL_PORT_RANGE IP_PROTOCOL IP_FREEBIND IP_TRANSPARENT IP_NODEFRAG IP_CHECKSUM
                IPV6_ADDRFORM IPV6_UNICAST_HOPS IPV6_MULTICAST_HOPS IPV6_MULTICAST_LOOP
                IPV6_MTU_DISCOVER IPV6_MTU IPV6_RECVERR IPV6_V6ONLY IPV6_MULTICAST_ALL
                IPV6_RECVERR_RFC4884 IPV6_FLOWINFO_SEND IPV6_FLOWINFO IPV6_RECVPKTINFO
                IPV6_RECVHOPLIMIT IPV6_RECVHOPOPTS IPV6_RECVRTHDR IPV6_RECVDSTOPTS IPV6_RECVPATHMTU
                IPV6_DONTFRAG IPV6_RECVTCLASS IPV6_TCLASS IPV6_AUTOFLOWLABEL IPV6_ADDR_PREFERENCES
                IPV6_MINHOPCOUNT IPV6_RECVORIGDSTADDR IPV6_RECVFRAGSIZE IPV6_FREEBIND
                IPV6_TRANSPARENT
                """);
        forms(OptionForm.U64, "SO_COOKIE SO_NETNS_COOKIE SO_MAX_PACING_RATE");
        forms(OptionForm.TEXT, "TCP_CONGESTION SO_BINDTODEVICE");
        forms(OptionForm.LINGER, "SO_LINGER");
        forms(OptionForm.TIMEVAL, "SO_RCVTIMEO SO_SNDTIMEO SO_RCVTIMEO_NEW SO_SNDTIMEO_NEW");
        forms(OptionForm.TCP_INFO, "TCP_INFO");
        forms(
                OptionForm.RAW,
                """
                SO_MEMINFO SO_PEERNAME TCP_CC_INFO TCP_SAVED_SYN IP_OPTIONS IPV6_RTHDR IPV6_PATHMTU
                """);
    }

    private SocketOption() {}

    private static void forms(OptionForm form, String names) {
        for (String name : names.trim().split("\\s+")) {
            FORMS.put(name, form);
        }
    }

    /** The names of the options that a session may use. */
    static Set<String> formNames() {
        return Set.copyOf(FORMS.keySet());
    }

    /** The form of an option that the catalogue has; empty where it has no such option. */
    public static Optional<OptionForm> form(int level, int optname) {
        return Optional.ofNullable(name(level, optname)).map(FORMS::get);
    }

    /** The name that Linux has for a number at a level; null where it has none. */
    public static @Nullable String name(int level, int optname) {
        ConstantSet names = LEVELS.get(level);
        return names == null ? null : names.name(optname);
    }

    /** An option by its own name: its level and its number. */
    public record Named(int level, int optname) {}

    /** The option that has this name at whichever level. */
    public static Optional<Named> named(String name) {
        for (int level : levels()) {
            OptionalInt value = names(level).value(name);
            if (value.isPresent()) {
                return Optional.of(new Named(level, value.getAsInt()));
            }
        }
        return Optional.empty();
    }

    /** The levels of the catalogue, SOL_SOCKET first. */
    public static List<Integer> levels() {
        return Arrays.asList(
                SocketLevel.SOL_SOCKET,
                IpProtocol.IPPROTO_TCP,
                IpProtocol.IPPROTO_IP,
                IpProtocol.IPPROTO_IPV6);
    }

    /** The names of a level of the catalogue. */
    public static ConstantSet names(int level) {
        ConstantSet names = LEVELS.get(level);
        if (names == null) {
            throw new IllegalArgumentException("level " + level + " is not in the catalogue");
        }
        return names;
    }

    /** The name of a level, or its number. */
    public static String levelText(int level) {
        return level == SocketLevel.SOL_SOCKET ? "SOL_SOCKET" : IpProtocol.NAMES.text(level);
    }
}
