package dev.socketlab.abi;

/**
 * Options of level SOL_RAW, raw(7); from linux/icmp.h. Of an IPv6 socket those of IPPROTO_IPV6 that
 * are for raw sockets are at this level too, rawv6_setsockopt of net/ipv6/raw.c.
 */
public final class SolRaw {
    public static final int ICMP_FILTER = 1;
    public static final int IPV6_CHECKSUM = 7;
    public static final int IPV6_HDRINCL = 36;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(SolRaw.class);

    private SolRaw() {}
}
