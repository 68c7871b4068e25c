package dev.socketlab.abi;

/**
 * Protocol families: other names of the {@link AddressFamily address families}, which is what Linux
 * makes of them, socket(2); from bits/socket.h of the C library.
 */
public final class ProtocolFamily {
    public static final int PF_UNSPEC = 0;
    public static final int PF_UNIX = 1;
    @Alias public static final int PF_FILE = 1;
    @Alias public static final int PF_LOCAL = 1;
    public static final int PF_INET = 2;
    public static final int PF_AX25 = 3;
    public static final int PF_IPX = 4;
    public static final int PF_APPLETALK = 5;
    public static final int PF_NETROM = 6;
    public static final int PF_BRIDGE = 7;
    public static final int PF_ATMPVC = 8;
    public static final int PF_X25 = 9;
    public static final int PF_INET6 = 10;
    public static final int PF_ROSE = 11;
    public static final int PF_DECnet = 12;
    public static final int PF_NETBEUI = 13;
    public static final int PF_SECURITY = 14;
    public static final int PF_KEY = 15;
    public static final int PF_NETLINK = 16;
    @Alias public static final int PF_ROUTE = 16;
    public static final int PF_PACKET = 17;
    public static final int PF_ASH = 18;
    public static final int PF_ECONET = 19;
    public static final int PF_ATMSVC = 20;
    public static final int PF_RDS = 21;
    public static final int PF_SNA = 22;
    public static final int PF_IRDA = 23;
    public static final int PF_PPPOX = 24;
    public static final int PF_WANPIPE = 25;
    public static final int PF_LLC = 26;
    public static final int PF_IB = 27;
    public static final int PF_MPLS = 28;
    public static final int PF_CAN = 29;
    public static final int PF_TIPC = 30;
    public static final int PF_BLUETOOTH = 31;
    public static final int PF_IUCV = 32;
    public static final int PF_RXRPC = 33;
    public static final int PF_ISDN = 34;
    public static final int PF_PHONET = 35;
    public static final int PF_IEEE802154 = 36;
    public static final int PF_CAIF = 37;
    public static final int PF_ALG = 38;
    public static final int PF_NFC = 39;
    public static final int PF_VSOCK = 40;
    public static final int PF_KCM = 41;
    public static final int PF_QIPCRTR = 42;
    public static final int PF_SMC = 43;
    public static final int PF_XDP = 44;
    public static final int PF_MCTP = 45;
    public static final int PF_MAX = 46;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(ProtocolFamily.class);

    private ProtocolFamily() {}
}
