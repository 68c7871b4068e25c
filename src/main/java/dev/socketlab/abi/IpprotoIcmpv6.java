package dev.socketlab.abi;

/** Options of level IPPROTO_ICMPV6, RFC 3542 3.2; from linux/icmpv6.h. */
public final class IpprotoIcmpv6 {
    public static final int ICMPV6_FILTER = 1;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(IpprotoIcmpv6.class);

    private IpprotoIcmpv6() {}
}
