package dev.socketlab.abi;

/** shutdown(2) {@code how}; from linux/net.h. */
public final class ShutdownHow {
    public static final int SHUT_RD = 0;
    public static final int SHUT_WR = 1;
    public static final int SHUT_RDWR = 2;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(ShutdownHow.class);

    private ShutdownHow() {}
}
