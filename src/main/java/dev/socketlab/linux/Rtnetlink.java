package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Interfaces and their addresses, rtnetlink(7), in the network namespace in which it was opened.
 * Needs CAP_NET_ADMIN there. Close it when done.
 */
public final class Rtnetlink implements AutoCloseable {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final int NLM_F_CREATE = 0x400;
    private static final int NLM_F_EXCL = 0x200;
    private static final int IFLA_ADDRESS = 1;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_BROADCAST = 4;
    private static final int IFF_UP = 1;

    /** The address is used at once: no neighbour is asked whether it has it already. */
    private static final int IFA_F_NODAD = 2;

    private static final int INDEX = Layouts.offset(Layouts.IFINFOMSG, "ifi_index");
    private static final int CAPACITY = 256;

    private final Netlink netlink;

    /**
     * Opens the netlink socket, in the network namespace of the calling thread.
     *
     * @throws SyscallException when the kernel gives none
     */
    public Rtnetlink(Kernel kernel) {
        this.netlink = new Netlink(kernel, Netlink.NETLINK_ROUTE);
    }

    /**
     * The index of an interface.
     *
     * @throws SyscallException when there is none of that name (ENODEV)
     */
    public int index(String name) {
        ByteBuffer request = link(RTM_GETLINK, 0, 0);
        Netlink.attribute(request, IFLA_IFNAME, (name + '\0').getBytes(StandardCharsets.US_ASCII));
        return ask("RTM_GETLINK", request).bodies().getFirst().getInt(INDEX);
    }

    /**
     * Gives an interface its MAC address and its MTU.
     *
     * @param mac six bytes
     * @param mtu in bytes, without the Ethernet header
     * @throws SyscallException when the kernel refuses one (EINVAL)
     */
    public void set(int index, byte[] mac, int mtu) {
        ByteBuffer request = link(RTM_NEWLINK, index, 0);
        Netlink.attribute(request, IFLA_ADDRESS, mac);
        Netlink.attribute(request, IFLA_MTU, Netlink.word(mtu));
        ask("RTM_NEWLINK", request);
    }

    /** Brings an interface up. */
    public void up(int index) {
        ask("RTM_NEWLINK", link(RTM_NEWLINK, index, IFF_UP));
    }

    /**
     * Adds an address to an interface, and with it the route to its network.
     *
     * @param address 4 or 16 bytes in network order
     * @param prefix the length of the network's prefix in bits
     * @throws SyscallException when the kernel refuses it (EINVAL, EEXIST, EADDRNOTAVAIL)
     */
    public void addAddress(int index, byte[] address, int prefix) {
        boolean ipv4 = address.length == 4;
        ByteBuffer request =
                Netlink.message(
                                CAPACITY,
                                RTM_NEWADDR,
                                Netlink.NLM_F_REQUEST
                                        | Netlink.NLM_F_ACK
                                        | NLM_F_CREATE
                                        | NLM_F_EXCL)
                        .put((byte) (ipv4 ? AddressFamily.AF_INET : AddressFamily.AF_INET6))
                        .put((byte) prefix)
                        .put((byte) (ipv4 ? 0 : IFA_F_NODAD))
                        .put((byte) 0)
                        .putInt(index);
        Netlink.attribute(request, IFA_LOCAL, address);
        Netlink.attribute(request, IFA_ADDRESS, address);
        if (ipv4 && prefix < 31) {
            int host = ByteBuffer.wrap(address).getInt();
            int broadcast = host | (int) (0xffffffffL >>> prefix);
            Netlink.attribute(
                    request, IFA_BROADCAST, ByteBuffer.allocate(4).putInt(broadcast).array());
        }
        ask("RTM_NEWADDR", request);
    }

    @Override
    public void close() {
        netlink.close();
    }

    private static ByteBuffer link(int type, int index, int up) {
        int ack = type == RTM_GETLINK ? 0 : Netlink.NLM_F_ACK;
        ByteBuffer request = Netlink.message(CAPACITY, type, Netlink.NLM_F_REQUEST | ack);
        return request.putInt(0).putInt(index).putInt(up).putInt(up); // flags, and which of them
    }

    private Netlink.Answer ask(String what, ByteBuffer request) {
        Netlink.Answer answer = netlink.ask(request);
        if (answer.errno() != 0) {
            throw new SyscallException(what, new Errno(answer.errno()));
        }
        return answer;
    }
}
