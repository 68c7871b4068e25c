package dev.socketlab.abi;

/** ioctl(2) requests of sockets, tcp(7); from asm-generic/ioctls.h and linux/sockios.h. */
public final class Ioctl {
    /** Bytes unread in the receive queue; on TCP those before the urgent byte. */
    public static final int SIOCINQ = 0x541b;

    @Alias public static final int FIONREAD = 0x541b;

    /** Bytes in the send queue: not sent, or sent and not acknowledged. */
    public static final int SIOCOUTQ = 0x5411;

    @Alias public static final int TIOCOUTQ = 0x5411;

    /** Bytes in the send queue that were not sent yet; from linux/sockios.h. */
    public static final int SIOCOUTQNSD = 0x894b;

    /** 1 where the next byte to be read is the one after which urgent data was sent. */
    public static final int SIOCATMARK = 0x8905;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(Ioctl.class);

    private Ioctl() {}
}
