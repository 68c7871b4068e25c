package dev.socketlab.policy;

import dev.socketlab.linux.SocketAddress;
import java.math.BigInteger;

/**
 * An address of either version, for judging.
 *
 * @param bits 32 or 128
 */
public record IpAddress(BigInteger value, int bits) {
    /** The address that the kernel will use: an IPv4-mapped one is the IPv4 address itself. */
    public static IpAddress of(SocketAddress.Inet6 inet6) {
        return inet6.unmapped() instanceof SocketAddress.Inet inet
                ? of(inet)
                : new IpAddress(new BigInteger(1, inet6.ip()), 128);
    }

    public static IpAddress of(SocketAddress.Inet inet) {
        return new IpAddress(BigInteger.valueOf(inet.address() & 0xffffffffL), 32);
    }
}
