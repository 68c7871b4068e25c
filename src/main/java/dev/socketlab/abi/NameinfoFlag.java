package dev.socketlab.abi;

/** getnameinfo(3) {@code flags}; from netdb.h. */
public final class NameinfoFlag {
    public static final int NI_NUMERICHOST = 1;
    public static final int NI_NUMERICSERV = 2;
    public static final int NI_NOFQDN = 4;
    public static final int NI_NAMEREQD = 8;
    public static final int NI_DGRAM = 16;
    public static final int NI_IDN = 32;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(NameinfoFlag.class);

    private NameinfoFlag() {}
}
