package dev.socketlab.call;

import static dev.socketlab.abi.IpProtocol.IPPROTO_IP;
import static dev.socketlab.abi.IpProtocol.IPPROTO_IPV6;
import static dev.socketlab.abi.IpProtocol.IPPROTO_TCP;
import static dev.socketlab.abi.IpProtocol.IPPROTO_UDP;
import static dev.socketlab.abi.SocketLevel.SOL_SOCKET;

import dev.socketlab.abi.ControlType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms that the data of control messages have in C. */
public enum ControlForm {
    /** An int. */
    INT,
    /** An int that is sent, and a byte that is received. */
    BYTE,
    /** A __u16. */
    UINT16,
    /** A __u32. */
    UINT32,
    /** struct ucred. */
    UCRED,
    /** struct timeval. */
    TIMEVAL,
    /** struct timespec. */
    TIMESPEC,
    /** struct scm_timestamping: three of struct timespec. */
    TIMESPECS,
    /** struct in_pktinfo. */
    IN_PKTINFO,
    /** struct in6_pktinfo. */
    IN6_PKTINFO,
    /** struct sock_extended_err, and after it the address of who said so. */
    EXTENDED_ERR,
    /** struct sockaddr. */
    SOCKADDR;

    /** The form of a type's data; null where it has none of its own. */
    public static @Nullable ControlForm of(int level, int type) {
        String name = ControlType.name(level, type);
        return switch (level) {
            case SOL_SOCKET ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "SCM_CREDENTIALS" -> UCRED;
                        case "SCM_TIMESTAMP", "SO_TIMESTAMP_NEW" -> TIMEVAL;
                        case "SCM_TIMESTAMPNS", "SO_TIMESTAMPNS_NEW" -> TIMESPEC;
                        case "SCM_TIMESTAMPING", "SO_TIMESTAMPING_NEW" -> TIMESPECS;
                        case "SO_RXQ_OVFL", "SO_MARK", "SCM_TS_OPT_ID" -> UINT32;
                        case "SO_PRIORITY", "SCM_INQ", "SCM_WIFI_STATUS" -> INT;
                        default -> null;
                    };
            case IPPROTO_IP ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "IP_TTL", "IP_RECVFRAGSIZE", "IP_PROTOCOL" -> INT;
                        case "IP_TOS" -> BYTE;
                        case "IP_PKTINFO" -> IN_PKTINFO;
                        case "IP_RECVERR" -> EXTENDED_ERR;
                        case "IP_ORIGDSTADDR" -> SOCKADDR;
                        default -> null;
                    };
            case IPPROTO_IPV6 ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "IPV6_HOPLIMIT",
                                "IPV6_2292HOPLIMIT",
                                "IPV6_TCLASS",
                                "IPV6_DONTFRAG",
                                "IPV6_RECVFRAGSIZE" ->
                                INT;
                        case "IPV6_PKTINFO", "IPV6_2292PKTINFO" -> IN6_PKTINFO;
                        case "IPV6_RECVERR" -> EXTENDED_ERR;
                        case "IPV6_ORIGDSTADDR" -> SOCKADDR;
                        default -> null;
                    };
            case IPPROTO_UDP ->
                    switch (Objects.requireNonNullElse(name, "")) {
                        case "UDP_SEGMENT" -> UINT16;
                        case "UDP_GRO" -> INT;
                        default -> null;
                    };
            case IPPROTO_TCP -> "TCP_INQ".equals(name) ? INT : null;
            default -> null;
        };
    }
}
