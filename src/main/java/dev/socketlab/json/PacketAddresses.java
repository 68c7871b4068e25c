package dev.socketlab.json;

import java.util.HexFormat;

/** Physical addresses of interfaces, such as {@code 02:00:00:00:00:01}. */
final class PacketAddresses {
    private static final int MAX = 8;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private PacketAddresses() {}

    static String text(byte[] address) {
        return COLONS.formatHex(address);
    }

    /**
     * The bytes of such an address.
     *
     * @throws IllegalArgumentException when the text is none
     */
    static byte[] parse(String text) {
        try {
            byte[] address = COLONS.parseHex(text);
            if (address.length <= MAX) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "\""
                        + text
                        + "\" is not a physical address, at most eight bytes such as"
                        + " 02:00:00:00:00:01");
    }
}
