package dev.socketlab.policy;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * A block of addresses in CIDR notation, RFC 4632 and RFC 4291.
 *
 * @param network the first address; bits beyond the prefix are 0
 * @param bits 32 for IPv4, 128 for IPv6
 * @param prefix how many leading bits an address shares with the block
 */
public record IpBlock(BigInteger network, int bits, int prefix) {
    /**
     * Reads {@code 10.0.0.0/8}, {@code ::1/128} or a bare address.
     *
     * @throws IllegalArgumentException when it is neither, or has bits set beyond its prefix
     */
    public static IpBlock parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
        int bits = bytes.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("a prefix of " + literal + " is 0 to " + bits);
        }
        BigInteger network = new BigInteger(1, bytes);
        if (network.getLowestSetBit() >= 0 && network.getLowestSetBit() < bits - prefix) {
            throw new IllegalArgumentException(text + " has bits set beyond its prefix");
        }
        return new IpBlock(network, bits, prefix);
    }

    public boolean contains(IpAddress address) {
        return address.bits() == bits
                && address.value()
                        .shiftRight(bits - prefix)
                        .equals(network.shiftRight(bits - prefix));
    }
}
