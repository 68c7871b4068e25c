package dev.socketlab.linux;

import dev.socketlab.abi.NeighbourState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which way packets go, rtnetlink(7), in the network namespace in which it was opened: the route to
 * an address, and the neighbour whose link-layer address they are sent to. Nothing here waits.
 * Close it when done.
 */
public final class Routes implements AutoCloseable {
    private static final int RTM_GETLINK = 18;
    private static final int RTM_GETROUTE = 26;
    private static final int RTM_GETNEIGH = 30;
    private static final int RTA_DST = 1;
    private static final int RTA_SRC = 2;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_VIA = 18;
    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;
    private static final int IFLA_IFNAME = 3;
    private static final int CAPACITY = 128;

    private final Netlink netlink;

    /**
     * Opens the netlink socket, in the network namespace of the calling thread.
     *
     * @throws SyscallException when the kernel gives none
     */
    public Routes(Kernel kernel) {
        this.netlink = new Netlink(kernel, Netlink.NETLINK_ROUTE);
    }

    /**
     * The route to an address.
     *
     * @param nextHop where packets go next: a gateway, or the address itself; its port is 0
     * @param device the index of the interface that they leave by
     * @param deviceName its name
     * @param source the address that they are sent from; null where the kernel says none
     */
    public record Route(
            SocketAddress nextHop, int device, String deviceName, @Nullable SocketAddress source) {}

    /**
     * What the kernel knows of a neighbour, arp(7).
     *
     * @param lladdr its link-layer address, a MAC address on Ethernet; null where it is not known
     * @param state a value of {@link NeighbourState}
     */
    public record Neighbour(byte @Nullable [] lladdr, int state) {}

    /**
     * The route that packets of a socket take.
     *
     * @param source the address that the socket is bound to; null for none
     * @param device the index of the interface that it is bound to; 0 for none
     * @return empty where there is no route
     */
    public Optional<Route> route(
            SocketAddress destination, @Nullable SocketAddress source, int device) {
        byte[] to = destination.ip();
        ByteBuffer request =
                Netlink.message(CAPACITY, RTM_GETROUTE, Netlink.NLM_F_REQUEST)
                        .put((byte) destination.family())
                        .put((byte) (to.length * Byte.SIZE))
                        .put((byte) (source == null ? 0 : to.length * Byte.SIZE))
                        .position(Netlink.HEADER + (int) Layouts.RTMSG.byteSize());
        Netlink.attribute(request, RTA_DST, to);
        if (source != null) {
            Netlink.attribute(request, RTA_SRC, source.ip());
        }
        if (device != 0) {
            Netlink.attribute(request, RTA_OIF, Netlink.word(device));
        }
        return netlink.ask(request).bodies().stream()
                .findFirst()
                .map(body -> route(to, Netlink.attributes(body, Layouts.RTMSG)));
    }

    private Route route(byte[] destination, Map<Integer, byte[]> attributes) {
        int device =
                ByteBuffer.wrap(attributes.getOrDefault(RTA_OIF, Netlink.word(0)))
                        .order(ByteOrder.nativeOrder())
                        .getInt();
        byte[] preferred = attributes.get(RTA_PREFSRC);
        byte[] source = preferred == null ? attributes.get(RTA_SRC) : preferred; // if asked with it
        return new Route(
                SocketAddress.ofIp(nextHop(destination, attributes), 0),
                device,
                name(device),
                source == null ? null : SocketAddress.ofIp(source, 0));
    }

    /** struct rtvia has the gateway of another family behind two bytes that say which. */
    private static byte[] nextHop(byte[] destination, Map<Integer, byte[]> attributes) {
        byte[] via = attributes.get(RTA_VIA);
        byte[] gateway = attributes.get(RTA_GATEWAY);
        if (via != null) {
            return Arrays.copyOfRange(via, 2, via.length);
        }
        return gateway == null ? destination : gateway;
    }

    /** The neighbour that a route goes by; empty where the kernel has no entry for it. */
    public Optional<Neighbour> neighbour(Route route) {
        ByteBuffer request =
                Netlink.message(CAPACITY, RTM_GETNEIGH, Netlink.NLM_F_REQUEST)
                        .put((byte) route.nextHop().family())
                        .position(Netlink.HEADER + Layouts.offset(Layouts.NDMSG, "ndm_ifindex"))
                        .putInt(route.device())
                        .position(Netlink.HEADER + (int) Layouts.NDMSG.byteSize());
        Netlink.attribute(request, NDA_DST, route.nextHop().ip());
        return netlink.ask(request).bodies().stream()
                .findFirst()
                .map(body ->
                        new Neighbour(
                                Netlink.attributes(body, Layouts.NDMSG).get(NDA_LLADDR),
                                body.getShort(Layouts.offset(Layouts.NDMSG, "ndm_state"))));
    }

    private String name(int device) {
        ByteBuffer request =
                Netlink.message(CAPACITY, RTM_GETLINK, Netlink.NLM_F_REQUEST)
                        .position(Netlink.HEADER + Layouts.offset(Layouts.IFINFOMSG, "ifi_index"))
                        .putInt(device)
                        .position(Netlink.HEADER + (int) Layouts.IFINFOMSG.byteSize());
        return netlink.ask(request).bodies().stream()
                .flatMap(body ->
                        Stream.ofNullable(
                                Netlink.attributes(body, Layouts.IFINFOMSG).get(IFLA_IFNAME)))
                .map(name -> new String(name, 0, name.length - 1, StandardCharsets.US_ASCII))
                .findFirst()
                .orElse(Integer.toString(device));
    }

    @Override
    public void close() {
        netlink.close();
    }
}
