package dev.socketlab.abi;

/**
 * Options of level IPPROTO_UDPLITE, udplite(7), which to the kernel is one with IPPROTO_UDP; from
 * net/udplite.h of the kernel and linux/udp.h.
 */
public final class IpprotoUdplite {
    public static final int UDP_CORK = 1;
    public static final int UDPLITE_SEND_CSCOV = 10;
    public static final int UDPLITE_RECV_CSCOV = 11;
    public static final int UDP_ENCAP = 100;
    public static final int UDP_NO_CHECK6_TX = 101;
    public static final int UDP_NO_CHECK6_RX = 102;
    public static final int UDP_SEGMENT = 103;
    public static final int UDP_GRO = 104;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(IpprotoUdplite.class);

    private IpprotoUdplite() {}
}
