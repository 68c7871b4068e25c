package dev.socketlab.abi;

/** Socket types and the flags that go with them, socket(2) {@code type}; from linux/net.h. */
public final class SocketType {
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_RDM = 4;
    public static final int SOCK_SEQPACKET = 5;
    public static final int SOCK_DCCP = 6;
    public static final int SOCK_PACKET = 10;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(SocketType.class);

    /** The bits of {@code type} that name the type (SOCK_TYPE_MASK); the others are flags. */
    public static int withoutFlags(int type) {
        return type & 0xf;
    }

    private SocketType() {}
}
