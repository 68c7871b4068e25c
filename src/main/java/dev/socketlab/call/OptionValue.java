package dev.socketlab.call;

import dev.socketlab.linux.TcpInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** The value of a socket option, in the form that the option has in C. */
public sealed interface OptionValue {
    /** The bytes that go to the kernel as optval. */
    byte[] toBytes();

    /** An int, or a __u64 where {@code size} is 8. */
    record Scalar(long value, int size) implements OptionValue {
        @Override
        public byte[] toBytes() {
            ByteBuffer bytes = ByteBuffer.wrap(new byte[size]).order(ByteOrder.nativeOrder());
            if (size == Integer.BYTES) {
                bytes.putInt((int) value);
            } else {
                bytes.putLong(value);
            }
            return bytes.array();
        }
    }

    /** A string, such as the name of a congestion control. */
    record Text(String text) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** struct linger, socket(7); {@code linger} in seconds. */
    record Linger(int onoff, int linger) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return buffer(8).putInt(onoff).putInt(linger).array();
        }
    }

    /** struct timeval: seconds and microseconds. */
    record Timeval(long sec, long usec) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return buffer(16).putLong(sec).putLong(usec).array();
        }
    }

    /** struct ucred, unix(7); {@code uid} and {@code gid} are unsigned in C. */
    record Ucred(int pid, int uid, int gid) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return buffer(12).putInt(pid).putInt(uid).putInt(gid).array();
        }
    }

    /** struct ip_mreq, ip(7); both in network byte order. */
    record Mreq(byte[] multiaddr, byte[] address) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return buffer(8).put(multiaddr).put(address).array();
        }
    }

    /** struct ip_mreqn, ip(7); the addresses in network byte order. */
    record Mreqn(byte[] multiaddr, byte[] address, int ifindex) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return buffer(12).put(multiaddr).put(address).putInt(ifindex).array();
        }
    }

    /** struct ipv6_mreq, RFC 3493 5.2; {@code ifindex} is its ipv6mr_interface. */
    record Ipv6Mreq(byte[] multiaddr, int ifindex) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return buffer(20).put(multiaddr).putInt(ifindex).array();
        }
    }

    /** struct tcp_info, as the kernel gave it; it cannot be set. */
    record TcpInformation(byte[] bytes) implements OptionValue {
        /** Its fields by name, without tcpi_. */
        public Map<String, Object> fields() {
            return TcpInfo.parse(bytes);
        }

        @Override
        public byte[] toBytes() {
            return bytes;
        }
    }

    /** What has no form of its own, or was asked for raw. */
    record Raw(byte[] bytes) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return bytes;
        }
    }

    /** A value that the kernel gave, in such a form; raw where its size does not fit the form. */
    static OptionValue parse(OptionForm form, byte[] bytes) {
        ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return switch (form) {
            case INT ->
                    switch (bytes.length) {
                        case 1 -> new Scalar(bytes[0] & 0xff, Integer.BYTES);
                        case Integer.BYTES -> new Scalar(value.getInt(), Integer.BYTES);
                        case Long.BYTES -> new Scalar(value.getLong(), Long.BYTES);
                        default -> new Raw(bytes);
                    };
            case U64 ->
                    bytes.length == Long.BYTES
                            ? new Scalar(value.getLong(), Long.BYTES)
                            : new Raw(bytes);
            case MREQ ->
                    bytes.length == Integer.BYTES
                            ? new Scalar(value.getInt(), Integer.BYTES)
                            : new Raw(bytes);
            case IPV6_MREQ -> new Raw(bytes);
            case TEXT -> new Text(text(bytes));
            case LINGER ->
                    bytes.length == 8 ? new Linger(value.getInt(), value.getInt()) : new Raw(bytes);
            case TIMEVAL ->
                    bytes.length == 16
                            ? new Timeval(value.getLong(), value.getLong())
                            : new Raw(bytes);
            case UCRED ->
                    bytes.length == 12
                            ? new Ucred(value.getInt(), value.getInt(), value.getInt())
                            : new Raw(bytes);
            case TCP_INFO -> new TcpInformation(bytes);
            case RAW -> new Raw(bytes);
        };
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }
}
