package dev.socketlab.web;

import dev.socketlab.call.OptionValue;
import dev.socketlab.json.Addresses;
import dev.socketlab.linux.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values of the options that name a multicast group and an interface, as requests write them. */
final class GroupRequests {
    private GroupRequests() {}

    /**
     * struct ip_mreq, struct ip_mreqn; or, for IP_MULTICAST_IF, the address alone, as text or as a
     * number in network byte order.
     */
    static OptionValue ipv4(JsonNode optval) {
        if (optval.isIntegralNumber()) {
            return new OptionValue.Scalar(OptionNames.integer(optval, "/optval"), Integer.BYTES);
        }
        if (optval.isString()) {
            ByteBuffer address = ByteBuffer.wrap(ip4(optval, "/optval"));
            return new OptionValue.Scalar(
                    address.order(ByteOrder.nativeOrder()).getInt(), Integer.BYTES);
        }
        if (optval.has("imr_interface")) {
            OptionNames.fields(optval, "imr_multiaddr", "imr_interface");
            return new OptionValue.Mreq(
                    field4(optval, "imr_multiaddr"), field4(optval, "imr_interface"));
        }
        if (!optval.has("imr_ifindex")) {
            throw OptionNames.expected(
                    "{\"imr_multiaddr\",\"imr_interface\"} or"
                            + " {\"imr_multiaddr\",\"imr_address\",\"imr_ifindex\"}");
        }
        OptionNames.fields(optval, "imr_multiaddr", "imr_address", "imr_ifindex");
        return new OptionValue.Mreqn(
                field4(optval, "imr_multiaddr"),
                field4(optval, "imr_address"),
                OptionNames.integer(optval.get("imr_ifindex"), "/optval/imr_ifindex"));
    }

    /** struct ipv6_mreq. */
    static OptionValue ipv6(JsonNode optval) {
        OptionNames.fields(optval, "ipv6mr_multiaddr", "ipv6mr_interface");
        String where = "/optval/ipv6mr_multiaddr";
        JsonNode group = optval.get("ipv6mr_multiaddr");
        return new OptionValue.Ipv6Mreq(
                Addresses.ip(SocketAddress.inet6(text(group), 0, 0, 0), "ff02::1", where),
                OptionNames.integer(optval.get("ipv6mr_interface"), "/optval/ipv6mr_interface"));
    }

    private static byte[] field4(JsonNode optval, String name) {
        return ip4(optval.get(name), "/optval/" + name);
    }

    private static byte[] ip4(@Nullable JsonNode node, String where) {
        return Addresses.ip(SocketAddress.inet(text(node), 0), "239.1.2.3", where);
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "" : node.asString("");
    }
}
