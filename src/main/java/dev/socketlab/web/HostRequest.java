package dev.socketlab.web;

import dev.socketlab.json.value.Required;
import org.jspecify.annotations.Nullable;

/**
 * A host that a new session asks for.
 *
 * @param name what it is called
 * @param address an address of its eth0, {@code 10.0.0.1/24}; of a version that none is asked of,
 *     it has a free one
 * @param address6 the IPv6 address of its eth0, {@code fd00::1/64}, beside an IPv4 one
 * @param mtu of its eth0, in bytes; null is 1500
 */
record HostRequest(
        @Required String name,
        @Nullable String address,
        @Nullable String address6,
        @Nullable Integer mtu) {
    /** The IPv4 address that it asks for. */
    @Nullable String ipv4() {
        return isOnlyIpv6() ? null : address;
    }

    /** The field that has the IPv6 address it asks for. */
    String ipv6Field() {
        return isOnlyIpv6() ? "address" : "address6";
    }

    /** The IPv6 address that it asks for. */
    @Nullable String ipv6() {
        return isOnlyIpv6() ? address : address6;
    }

    private boolean isOnlyIpv6() {
        return address6 == null && address != null && address.contains(":");
    }

    /** Whether it asks for something that only an interface has. */
    boolean asksForInterface() {
        return address != null || address6 != null || mtu != null;
    }
}
