package dev.socketlab.call;

import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.Structure;
import dev.socketlab.linux.TcpInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The value of a socket option, in the form that the option has in C. */
public sealed interface OptionValue {
    /** The bytes that go to the kernel as optval. */
    byte[] toBytes();

    /** An int or a __u32, or a __u64 where {@code size} is 8. */
    record Scalar(long value, int size) implements OptionValue {
        @Override
        public byte[] toBytes() {
            ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
            if (size == Integer.BYTES) {
                bytes.putInt((int) value);
            } else {
                bytes.putLong(value);
            }
            return bytes.array();
        }
    }

    /**
     * struct in_addr.
     *
     * @param address in host byte order: 127.0.0.1 is 0x7f000001
     */
    record InAddr(int address) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
        }

        /** In dotted decimal, as inet_ntop(3) writes it. */
        public String text() {
            return new SocketAddress.Inet(address, 0).text();
        }
    }

    /** A string, such as the name of a congestion control. */
    record Text(String text) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A structure, by its bytes. */
    record Struct(Structure structure, byte[] bytes) implements OptionValue {
        @Override
        public byte[] toBytes() {
            return bytes;
        }

        /** The value of a field that is a number. */
        public long number(String field) {
            if (structure.read(bytes).get(field) instanceof Long number) {
                return number;
            }
            throw new IllegalArgumentException(structure + " has no number " + field);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Struct(Structure one, byte[] its)
                    && one == structure
                    && Arrays.equals(its, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return structure + " " + structure.read(bytes);
        }
    }

    /** struct linger, socket(7); {@code linger} in seconds. */
    static Struct linger(int onoff, int linger) {
        return struct(Structure.LINGER, (long) onoff, (long) linger);
    }

    /** struct timeval: seconds and microseconds. */
    static Struct timeval(long sec, long usec) {
        return struct(Structure.TIMEVAL, sec, usec);
    }

    private static Struct struct(Structure structure, Long... values) {
        return new Struct(structure, structure.write(List.of(values)));
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
            case UINT ->
                    bytes.length == Integer.BYTES
                            ? new Scalar(Integer.toUnsignedLong(value.getInt()), Integer.BYTES)
                            : new Raw(bytes);
            case MREQ ->
                    bytes.length == Integer.BYTES
                            ? new InAddr(ByteBuffer.wrap(bytes).getInt())
                            : new Raw(bytes);
            case TEXT -> new Text(text(bytes));
            case LINGER -> parse(Structure.LINGER, bytes);
            case TIMEVAL -> parse(Structure.TIMEVAL, bytes);
            case UCRED -> parse(Structure.UCRED, bytes);
            case TCP_INFO -> new TcpInformation(bytes);
            case IPV6_MREQ, RAW -> new Raw(bytes);
        };
    }

    private static OptionValue parse(Structure structure, byte[] bytes) {
        return bytes.length == structure.size() ? new Struct(structure, bytes) : new Raw(bytes);
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
    }
}
