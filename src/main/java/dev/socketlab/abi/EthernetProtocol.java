package dev.socketlab.abi;

import java.nio.ByteOrder;

/**
 * Protocols of Ethernet frames, packet(7), in host byte order: a packet socket is made, and its
 * address has them, in network byte order; from linux/if_ether.h.
 */
public final class EthernetProtocol {
    public static final int ETH_P_802_3 = 0x1;
    public static final int ETH_P_ALL = 0x3;
    public static final int ETH_P_802_2 = 0x4;
    public static final int ETH_P_LOOP = 0x60;
    public static final int ETH_P_IP = 0x800;
    public static final int ETH_P_ARP = 0x806;
    public static final int ETH_P_RARP = 0x8035;
    public static final int ETH_P_8021Q = 0x8100;
    public static final int ETH_P_IPV6 = 0x86dd;
    public static final int ETH_P_PAUSE = 0x8808;
    public static final int ETH_P_MPLS_UC = 0x8847;
    public static final int ETH_P_PPP_DISC = 0x8863;
    public static final int ETH_P_PPP_SES = 0x8864;
    public static final int ETH_P_PAE = 0x888e;
    public static final int ETH_P_8021AD = 0x88a8;
    public static final int ETH_P_LLDP = 0x88cc;
    public static final int ETH_P_1588 = 0x88f7;
    public static final int ETH_P_LOOPBACK = 0x9000;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(EthernetProtocol.class);

    /** htons(3): from host to network byte order, and back. */
    public static int swapped(int protocol) {
        return Short.toUnsignedInt(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                        ? Short.reverseBytes((short) protocol)
                        : (short) protocol);
    }

    private EthernetProtocol() {}
}
