package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.PacketType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A socket address, struct sockaddr and its kin: ip(7), ipv6(7), unix(7). {@link #toBytes} is what
 * goes to the kernel.
 */
public sealed interface SocketAddress {
    /** The sa_family, AF_INET and its kin. */
    int family();

    /** The whole structure, as the kernel takes it. */
    byte[] toBytes();

    /** The IPv4 address that an IPv4-mapped one stands for, RFC 4291 2.5.5.2; else the same. */
    default SocketAddress unmapped() {
        return this instanceof Inet6(long high, long low, int port, int _, int _)
                        && high == 0
                        && low >>> 32 == 0xffff
                ? new Inet((int) low, port)
                : this;
    }

    /** The bare address of an IPv4 or IPv6 one, in network order; none of another family. */
    default byte[] ip() {
        return switch (this) {
            case Inet inet -> ByteBuffer.allocate(4).putInt(inet.address()).array();
            case Inet6 inet6 ->
                    ByteBuffer.allocate(16).putLong(inet6.high()).putLong(inet6.low()).array();
            case Unix _, Packet _, Other _ -> new byte[0];
        };
    }

    /** The address with such bytes, 4 or 16 of them, in network order. */
    static SocketAddress ofIp(byte[] ip, int port) {
        ByteBuffer bytes = ByteBuffer.wrap(ip);
        return ip.length == 4
                ? new Inet(bytes.getInt(), port)
                : new Inet6(bytes.getLong(), bytes.getLong(), port, 0, 0);
    }

    /**
     * struct sockaddr_in.
     *
     * @param address in host byte order: 127.0.0.1 is 0x7f000001
     */
    record Inet(int address, int port) implements SocketAddress {
        @Override
        public int family() {
            return AddressFamily.AF_INET;
        }

        @Override
        public byte[] toBytes() {
            return header(16, family()).putShort((short) port).putInt(address).array();
        }

        /** The address in dotted decimal, as inet_ntop(3) writes it. */
        public String text() {
            return InetText.toText(ip());
        }
    }

    /**
     * struct sockaddr_in6.
     *
     * @param high the first eight bytes of the address
     * @param low the last eight
     * @param flowinfo in host byte order
     * @param scopeId the interface's index, for link-local addresses
     */
    record Inet6(long high, long low, int port, int flowinfo, int scopeId)
            implements SocketAddress {
        @Override
        public int family() {
            return AddressFamily.AF_INET6;
        }

        @Override
        public byte[] toBytes() {
            return header(28, family())
                    .putShort((short) port)
                    .putInt(flowinfo)
                    .putLong(high)
                    .putLong(low)
                    .order(ByteOrder.nativeOrder())
                    .putInt(scopeId)
                    .array();
        }

        /** The address as inet_ntop(3) writes it, without a zone. */
        public String text() {
            return InetText.toText(ip());
        }
    }

    /**
     * struct sockaddr_un.
     *
     * @param path sun_path: nothing for the unnamed address, a first byte 0 for an abstract name,
     *     else a path name without its NUL
     */
    record Unix(byte[] path) implements SocketAddress {
        /** The longest path name: sun_path less its NUL, unix(7), "Pathname sockets". */
        public static final int MAX_PATH = Layouts.SUN_PATH_SIZE - 1;

        @Override
        public int family() {
            return AddressFamily.AF_UNIX;
        }

        public boolean isAbstract() {
            return path.length > 0 && path[0] == 0;
        }

        /**
         * Whether the kernel refuses it for its length, with EINVAL, without a look at the name.
         */
        public boolean isTooLong() {
            return path.length + nul() > Layouts.SUN_PATH_SIZE;
        }

        @Override
        public byte[] toBytes() {
            return header(2 + path.length + nul(), family()).put(path).array();
        }

        /** A path name ends with a NUL, which is part of the address. */
        private int nul() {
            return path.length == 0 || isAbstract() ? 0 : 1;
        }
    }

    /**
     * struct sockaddr_ll, packet(7).
     *
     * @param protocol an {@link EthernetProtocol}, in host byte order
     * @param ifindex the interface's index; 0 is any
     * @param device the interface's name, where it is known; no part of the structure
     * @param hatype the ARP hardware type
     * @param pkttype a {@link PacketType}
     * @param address the physical address, at most eight bytes
     */
    record Packet(
            int protocol,
            int ifindex,
            @Nullable String device,
            int hatype,
            int pkttype,
            byte[] address)
            implements SocketAddress {
        private static final int MAX_ADDRESS = 8;

        @Override
        public int family() {
            return AddressFamily.AF_PACKET;
        }

        @Override
        public byte[] toBytes() {
            return header((int) Layouts.SOCKADDR_LL.byteSize(), family())
                    .putShort((short) protocol)
                    .order(ByteOrder.nativeOrder())
                    .putInt(ifindex)
                    .putShort((short) hatype)
                    .put((byte) pkttype)
                    .put((byte) address.length)
                    .put(address, 0, Math.min(address.length, MAX_ADDRESS))
                    .array();
        }

        /** The same address by such an interface. */
        public Packet on(int index, @Nullable String name) {
            return new Packet(protocol, index, name, hatype, pkttype, address);
        }

        private static Packet parse(ByteBuffer rest) {
            int protocol = rest.getShort() & 0xffff;
            rest.order(ByteOrder.nativeOrder());
            int ifindex = rest.getInt();
            int hatype = rest.getShort() & 0xffff;
            int pkttype = rest.get() & 0xff;
            byte[] address = new byte[Math.min(rest.get() & 0xff, rest.remaining())];
            rest.get(address);
            return new Packet(protocol, ifindex, null, hatype, pkttype, address);
        }
    }

    /**
     * An address of a family that has no form of its own here, AF_UNSPEC included.
     *
     * @param data what follows sa_family
     */
    record Other(int family, byte[] data) implements SocketAddress {
        /** AF_UNSPEC, sixteen bytes long: what dissolves an association, connect(2). */
        public static Other unspec() {
            return new Other(AddressFamily.AF_UNSPEC, new byte[14]);
        }

        @Override
        public byte[] toBytes() {
            return header(2 + data.length, family).put(data).array();
        }
    }

    /** The IPv4 address that such a text is to inet_pton(3), if it is one. */
    static Optional<Inet> inet(String text, int port) {
        return InetText.parse(AddressFamily.AF_INET, text)
                .map(bytes -> new Inet(ByteBuffer.wrap(bytes).getInt(), port));
    }

    /** The IPv6 address that such a text is to inet_pton(3), if it is one. */
    static Optional<Inet6> inet6(String text, int port, int flowinfo, int scopeId) {
        return InetText.parse(AddressFamily.AF_INET6, text)
                .map(ByteBuffer::wrap)
                .map(b -> new Inet6(b.getLong(), b.getLong(), port, flowinfo, scopeId));
    }

    /** The address in such bytes; null where there are too few for a family. */
    static @Nullable SocketAddress parse(byte[] bytes) {
        if (bytes.length < 2) {
            return null;
        }
        int family = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getShort() & 0xffff;
        ByteBuffer rest = ByteBuffer.wrap(bytes, 2, bytes.length - 2);
        if (family == AddressFamily.AF_INET && bytes.length >= 8) {
            int port = rest.getShort() & 0xffff;
            return new Inet(rest.getInt(), port);
        }
        if (family == AddressFamily.AF_INET6 && bytes.length >= 24) {
            int port = rest.getShort() & 0xffff;
            int flowinfo = rest.getInt();
            long high = rest.getLong();
            long low = rest.getLong();
            int scope = rest.remaining() < 4 ? 0 : rest.order(ByteOrder.nativeOrder()).getInt();
            return new Inet6(high, low, port, flowinfo, scope);
        }
        if (family == AddressFamily.AF_PACKET && bytes.length >= 12) {
            return Packet.parse(rest);
        }
        byte[] data = Arrays.copyOfRange(bytes, 2, bytes.length);
        return family == AddressFamily.AF_UNIX ? new Unix(sunPath(data)) : new Other(family, data);
    }

    private static byte[] sunPath(byte[] data) {
        if (data.length == 0 || data[0] == 0) {
            return data;
        }
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return Arrays.copyOf(data, end);
    }

    private static ByteBuffer header(int size, int family) {
        return ByteBuffer.allocate(size)
                .order(ByteOrder.nativeOrder())
                .putShort((short) family)
                .order(ByteOrder.BIG_ENDIAN);
    }
}
