package dev.socketlab.abi;

/** What may be or-ed into the type of socket(2) and given to accept4(2); from linux/net.h. */
public final class SocketFlag {
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOCK_CLOEXEC = 0x80000;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(SocketFlag.class);

    private SocketFlag() {}
}
