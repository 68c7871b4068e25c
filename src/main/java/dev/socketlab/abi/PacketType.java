package dev.socketlab.abi;

/** How a packet came to this host, sll_pkttype of packet(7); from linux/if_packet.h. */
public final class PacketType {
    public static final int PACKET_HOST = 0;
    public static final int PACKET_BROADCAST = 1;
    public static final int PACKET_MULTICAST = 2;
    public static final int PACKET_OTHERHOST = 3;
    public static final int PACKET_OUTGOING = 4;
    public static final int PACKET_LOOPBACK = 5;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(PacketType.class);

    private PacketType() {}
}
