package dev.socketlab.abi;

/** Options of level IPPROTO_UDP, udp(7); from linux/udp.h. */
public final class IpprotoUdp {
    public static final int UDP_CORK = 1;
    public static final int UDP_ENCAP = 100;
    public static final int UDP_NO_CHECK6_TX = 101;
    public static final int UDP_NO_CHECK6_RX = 102;
    public static final int UDP_SEGMENT = 103;
    public static final int UDP_GRO = 104;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(IpprotoUdp.class);

    private IpprotoUdp() {}
}
