package dev.socketlab.policy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** IPv4 addresses that IPv6 ones carry. */
final class CarriedAddress {
    /** An IPv6 block that carries an IPv4 address, and where in the address that is. */
    private record Carrier(IpBlock block, int shift, boolean inverted) {
        static Carrier of(String block, int shift) {
            return new Carrier(IpBlock.parse(block), shift, false);
        }
    }

    /**
     * Compatible (RFC 4291), SIIT (RFC 2765), NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056) and
     * Teredo (RFC 4380, the client's address, stored inverted).
     */
    private static final List<Carrier> CARRIERS =
            List.of(
                    Carrier.of("::/96", 0),
                    Carrier.of("0:0:0:0:ffff:0:0:0/96", 0),
                    Carrier.of("64:ff9b::/96", 0),
                    Carrier.of("64:ff9b:1::/48", 0),
                    Carrier.of("2002::/16", 80),
                    new Carrier(IpBlock.parse("2001::/32"), 0, true));

    private static final BigInteger IPV4_MASK = BigInteger.valueOf(0xffffffffL);

    private CarriedAddress() {}

    /** The IPv4 address that a translator or a tunnel would take out of this IPv6 one. */
    static Optional<IpAddress> in(IpAddress address) {
        if (address.bits() == 32 || address.value().bitLength() <= 1) {
            return Optional.empty();
        }
        return CARRIERS.stream()
                .filter(carrier -> carrier.block().contains(address))
                .findFirst()
                .map(carrier -> {
                    BigInteger ipv4 = address.value().shiftRight(carrier.shift()).and(IPV4_MASK);
                    return new IpAddress(carrier.inverted() ? ipv4.xor(IPV4_MASK) : ipv4, 32);
                });
    }
}
