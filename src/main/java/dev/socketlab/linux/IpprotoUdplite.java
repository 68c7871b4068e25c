package dev.socketlab.linux;

/** Options of level IPPROTO_UDPLITE, udplite(7); from net/udplite.h of the kernel. */
public final class IpprotoUdplite {
    public static final int UDPLITE_SEND_CSCOV = 10;
    public static final int UDPLITE_RECV_CSCOV = 11;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(IpprotoUdplite.class);

    private IpprotoUdplite() {}
}
