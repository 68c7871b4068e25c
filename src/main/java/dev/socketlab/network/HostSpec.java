package dev.socketlab.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host of a session's own network is to be.
 *
 * @param name what the session calls it, and what its hosts file has it under
 * @param eth0 its interface on the session's switch; null for a host with lo alone
 */
public record HostSpec(String name, @Nullable Interface eth0) {
    /** The one host of a network that nobody asked hosts for. */
    public static final HostSpec LOCALHOST = new HostSpec("localhost", null);

    /** Hosts on a switch, with the addresses that hosts have when none are asked for. */
    public static List<HostSpec> wired(List<String> names) {
        List<HostSpec> hosts = new ArrayList<>();
        for (String name : names) {
            hosts.add(new HostSpec(name, Interface.numbered(hosts.size() + 1)));
        }
        return hosts;
    }

    /**
     * An Ethernet interface.
     *
     * @param mac its address, a number of 48 bits
     * @param mtu in bytes
     * @param ipv4 its address of that version
     * @param ipv6 its address of that version; null for none
     */
    public record Interface(
            long mac, int mtu, InterfaceAddress ipv4, @Nullable InterfaceAddress ipv6) {
        public static final String NAME = "eth0";
        public static final int DEFAULT_MTU = 1500;

        /** Locally administered, IEEE 802: 02:00:00:00:00:00, to which a host's number is added. */
        private static final long FIRST_MAC = 0x02_00_00_00_00_00L;

        /** The interface of the host with such a number, counted from 1. */
        public static Interface numbered(int number) {
            return new Interface(mac(number), DEFAULT_MTU, ipv4(number), ipv6(number));
        }

        /** 02:00:00:00:00:0n. */
        public static long mac(int number) {
            return FIRST_MAC + number;
        }

        /** 10.0.0.n/24. */
        public static InterfaceAddress ipv4(int number) {
            return InterfaceAddress.ipv4("10.0.0." + number + "/24").orElseThrow();
        }

        /** fd00::n/64, n in hexadecimal. */
        public static InterfaceAddress ipv6(int number) {
            return InterfaceAddress.ipv6("fd00::%x/64".formatted(number)).orElseThrow();
        }

        /** The MAC address as six pairs of hexadecimal digits. */
        public String macText() {
            StringBuilder text = new StringBuilder();
            for (byte octet : macBytes()) {
                text.append(text.isEmpty() ? "" : ":").append("%02x".formatted(octet));
            }
            return text.toString();
        }

        /** The MAC address in the order in which a frame has it. */
        byte[] macBytes() {
            byte[] bytes = new byte[6];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (mac >> (Byte.SIZE * (bytes.length - 1 - i)));
            }
            return bytes;
        }
    }
}
