package dev.socketlab.abi;

/** getaddrinfo(3) {@code hints.ai_flags}; from netdb.h. */
public final class AddrinfoFlag {
    public static final int AI_PASSIVE = 0x1;
    public static final int AI_CANONNAME = 0x2;
    public static final int AI_NUMERICHOST = 0x4;
    public static final int AI_V4MAPPED = 0x8;
    public static final int AI_ALL = 0x10;
    public static final int AI_ADDRCONFIG = 0x20;
    public static final int AI_IDN = 0x40;
    public static final int AI_CANONIDN = 0x80;
    public static final int AI_NUMERICSERV = 0x400;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(AddrinfoFlag.class);

    private AddrinfoFlag() {}
}
