package dev.socketlab.web;

import org.jspecify.annotations.Nullable;

/**
 * A host that a new session asks for.
 *
 * @param name what it is called
 * @param address the IPv4 address of its eth0, {@code 10.0.0.1/24}; null takes a free one
 * @param address6 the IPv6 address of its eth0, {@code fd00::1/64}; null takes a free one
 * @param mtu of its eth0, in bytes; null is 1500
 */
record HostRequest(
        @Required String name,
        @Nullable String address,
        @Nullable String address6,
        @Nullable Integer mtu) {
    /** Whether it asks for something that only an interface has. */
    boolean asksForInterface() {
        return address != null || address6 != null || mtu != null;
    }
}
