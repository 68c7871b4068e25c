package dev.socketlab.abi;

import org.jspecify.annotations.Nullable;

/**
 * Types of control messages, cmsg(3): those of SOL_SOCKET that have names of their own, from
 * linux/socket.h and asm-generic/socket.h. At the other levels, and for the rest of this one, they
 * are named as options are.
 */
public final class ControlType {
    public static final int SCM_RIGHTS = 1;
    public static final int SCM_CREDENTIALS = 2;
    public static final int SCM_SECURITY = 3;
    public static final int SCM_PIDFD = 4;
    public static final int SCM_TIMESTAMP = 29;
    public static final int SCM_TIMESTAMPNS = 35;
    public static final int SCM_TIMESTAMPING = 37;
    public static final int SCM_WIFI_STATUS = 41;
    public static final int SCM_TIMESTAMPING_OPT_STATS = 54;
    public static final int SCM_TIMESTAMPING_PKTINFO = 58;
    public static final int SCM_TXTIME = 61;
    public static final int SCM_DEVMEM_LINEAR = 78;
    public static final int SCM_DEVMEM_DMABUF = 79;
    public static final int SCM_TS_OPT_ID = 81;
    public static final int SCM_INQ = 84;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(ControlType.class);

    private ControlType() {}

    /** The name of a type at a level; null where it has none. */
    public static @Nullable String name(int level, int type) {
        return switch (level) {
            case SocketLevel.SOL_SOCKET -> {
                String name = NAMES.name(type);
                yield name == null ? SolSocket.NAMES.name(type) : name;
            }
            case IpProtocol.IPPROTO_IP -> IpprotoIp.NAMES.name(type);
            case IpProtocol.IPPROTO_IPV6 -> IpprotoIpv6.NAMES.name(type);
            case IpProtocol.IPPROTO_TCP -> IpprotoTcp.NAMES.name(type);
            case IpProtocol.IPPROTO_UDP -> IpprotoUdp.NAMES.name(type);
            case SocketLevel.SOL_PACKET -> SolPacket.NAMES.name(type);
            default -> null;
        };
    }
}
