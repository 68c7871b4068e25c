package dev.socketlab.abi;

/** Where an error of the error queue came from, ee_origin of ip(7); from linux/errqueue.h. */
public final class ErrorOrigin {
    public static final int SO_EE_ORIGIN_NONE = 0;
    public static final int SO_EE_ORIGIN_LOCAL = 1;
    public static final int SO_EE_ORIGIN_ICMP = 2;
    public static final int SO_EE_ORIGIN_ICMP6 = 3;
    public static final int SO_EE_ORIGIN_TXSTATUS = 4;
    public static final int SO_EE_ORIGIN_ZEROCOPY = 5;
    public static final int SO_EE_ORIGIN_TXTIME = 6;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(ErrorOrigin.class);

    private ErrorOrigin() {}
}
