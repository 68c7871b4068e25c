package dev.socketlab.network;

import dev.socketlab.linux.SocketAddress;
import dev.socketlab.policy.IpAddress;
import dev.socketlab.policy.IpBlock;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An address that an interface can have, with its network: {@code 10.0.0.1/24}, {@code fd00::1/64}.
 *
 * @param address an internet address, port 0
 * @param prefix the length of the network's prefix in bits
 */
public record InterfaceAddress(SocketAddress address, int prefix) {
    /**
     * What is no single host's, this network, loopback, multicast, reserved; and link-local IPv6,
     * of which each interface has one that it made of its MAC address.
     */
    private static final List<IpBlock> NO_HOST =
            List.of(
                    IpBlock.parse("0.0.0.0/8"),
                    IpBlock.parse("127.0.0.0/8"),
                    IpBlock.parse("224.0.0.0/4"),
                    IpBlock.parse("240.0.0.0/4"),
                    IpBlock.parse("::/127"),
                    IpBlock.parse("fe80::/10"),
                    IpBlock.parse("ff00::/8"));

    /** The IPv4 address of such a text, {@code a.b.c.d/n}, if an interface can have it. */
    public static Optional<InterfaceAddress> ipv4(String text) {
        return split(text, 30)
                .flatMap(parts ->
                        SocketAddress.inet(parts.address(), 0)
                                .filter(inet -> isHost(IpAddress.of(inet), parts.prefix()))
                                .map(inet -> new InterfaceAddress(inet, parts.prefix())));
    }

    /** The IPv6 address of such a text, if an interface can have it. */
    public static Optional<InterfaceAddress> ipv6(String text) {
        return split(text, 128)
                .flatMap(parts ->
                        SocketAddress.inet6(parts.address(), 0, 0, 0)
                                .filter(inet6 -> IpAddress.of(inet6).bits() == 128)
                                .filter(inet6 -> isHost(IpAddress.of(inet6), 128))
                                .map(inet6 -> new InterfaceAddress(inet6, parts.prefix())));
    }

    /** The address alone, 4 or 16 bytes in network order. */
    byte[] bytes() {
        byte[] sockaddr = address.toBytes();
        return switch (address) {
            case SocketAddress.Inet _ -> Arrays.copyOfRange(sockaddr, 4, 8);
            default -> Arrays.copyOfRange(sockaddr, 8, 24);
        };
    }

    /** The address alone, as text. */
    public String host() {
        return switch (address) {
            case SocketAddress.Inet inet -> inet.text();
            case SocketAddress.Inet6 inet6 -> inet6.text();
            default -> throw new IllegalStateException("an interface has internet addresses");
        };
    }

    /** The address and its prefix, as text. */
    @Override
    public String toString() {
        return host() + "/" + prefix;
    }

    private record Parts(String address, int prefix) {}

    private static Optional<Parts> split(String text, int longest) {
        int slash = text.indexOf('/');
        String digits = text.substring(slash + 1);
        if (slash < 0 || !digits.matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(digits);
        return prefix >= 1 && prefix <= longest
                ? Optional.of(new Parts(text.substring(0, slash), prefix))
                : Optional.empty();
    }

    /** Not the address of a network itself, nor its broadcast address. */
    private static boolean isHost(IpAddress address, int prefix) {
        if (NO_HOST.stream().anyMatch(block -> block.contains(address))) {
            return false;
        }
        int hostBits = address.bits() - prefix;
        BigInteger ones = BigInteger.ONE.shiftLeft(hostBits).subtract(BigInteger.ONE);
        BigInteger host = address.value().and(ones);
        return hostBits == 0 || (!host.equals(BigInteger.ZERO) && !host.equals(ones));
    }
}
