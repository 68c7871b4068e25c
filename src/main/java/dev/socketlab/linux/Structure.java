package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The C structures that options and control messages have, as fields by their C names: the one
 * table of them, over the layouts that are compared with the headers. Numbers are in host byte
 * order, addresses in network order.
 */
@SuppressWarnings("ImmutableEnumChecker") // made by List.copyOf
public enum Structure {
    /** socket(7). */
    LINGER(Layouts.LINGER, Kind.INT, Kind.INT),
    TIMEVAL(Layouts.TIMEVAL, Kind.LONG, Kind.LONG),
    TIMESPEC(Layouts.TIMESPEC, Kind.LONG, Kind.LONG),
    /** unix(7). */
    UCRED(Layouts.UCRED, Kind.INT, Kind.UINT, Kind.UINT),
    /** ip(7). */
    IP_MREQ(Layouts.IP_MREQ, Kind.IPV4, Kind.IPV4),
    IP_MREQN(Layouts.IP_MREQN, Kind.IPV4, Kind.IPV4, Kind.INT),
    IN_PKTINFO(Layouts.IN_PKTINFO, Kind.INT, Kind.IPV4, Kind.IPV4),
    /** RFC 3493 5.2. */
    IPV6_MREQ(Layouts.IPV6_MREQ, Kind.IPV6, Kind.UINT),
    /** RFC 3542 6. */
    IN6_PKTINFO(Layouts.IN6_PKTINFO, Kind.IPV6, Kind.UINT),
    /** ip(7), linux/errqueue.h. */
    SOCK_EXTENDED_ERR(
            Layouts.SOCK_EXTENDED_ERR,
            Kind.INT,
            Kind.BYTE,
            Kind.BYTE,
            Kind.BYTE,
            Kind.BYTE,
            Kind.UINT,
            Kind.UINT);

    /** What a field is in C. */
    public enum Kind {
        INT(Integer.BYTES),
        UINT(Integer.BYTES),
        LONG(Long.BYTES),
        BYTE(Byte.BYTES),
        IPV4(4),
        IPV6(16);

        private final int size;

        Kind(int size) {
            this.size = size;
        }

        /** Whether it is an address, which is written as inet_ntop(3) writes it. */
        public boolean isAddress() {
            return this == IPV4 || this == IPV6;
        }
    }

    /** A field by its C name, and where it begins, in bytes. */
    public record Field(String name, Kind kind, int offset) {
        /** The bytes of the address that a text is to inet_pton(3); empty where it is none. */
        public static Optional<byte[]> address(Kind kind, String text) {
            return InetText.parse(
                    kind == Kind.IPV4 ? AddressFamily.AF_INET : AddressFamily.AF_INET6, text);
        }
    }

    private final int size;
    private final List<Field> fields;

    Structure(StructLayout layout, Kind... kinds) {
        List<Field> all = new ArrayList<>();
        for (MemoryLayout member : layout.memberLayouts()) {
            String name = member.name().orElseThrow();
            Kind kind = kinds[all.size()];
            if (kind.size != member.byteSize()) {
                throw new IllegalStateException(name + " is no " + kind);
            }
            all.add(new Field(name, kind, Layouts.offset(layout, name)));
        }
        this.size = Math.toIntExact(layout.byteSize());
        this.fields = List.copyOf(all);
    }

    /** sizeof, in bytes. */
    public int size() {
        return size;
    }

    /** Its fields in their order. */
    public List<Field> fields() {
        return fields;
    }

    /**
     * The bytes of such a structure.
     *
     * @param values of the fields, in their order: a {@link Long} for a number, the bytes of an
     *     address
     */
    public byte[] write(List<?> values) {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            bytes.position(field.offset());
            switch (values.get(i)) {
                case byte[] address -> bytes.put(address);
                case Long number when field.kind() == Kind.LONG -> bytes.putLong(number);
                case Long number when field.kind() == Kind.BYTE -> bytes.put(number.byteValue());
                case Long number -> bytes.putInt(number.intValue());
                default -> throw new IllegalArgumentException(field.name() + " is no such value");
            }
        }
        return bytes.array();
    }

    /**
     * The values of its fields by their names, in their order: a {@link Long} for a number, a
     * {@link String} for an address.
     *
     * @param from bytes that begin with such a structure
     */
    public SequencedMap<String, Object> read(byte[] from) {
        ByteBuffer bytes = ByteBuffer.wrap(from).order(ByteOrder.nativeOrder());
        SequencedMap<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> values.put(field.name(), read(bytes, field)));
        return values;
    }

    private static Object read(ByteBuffer bytes, Field field) {
        int at = field.offset();
        return switch (field.kind()) {
            case INT -> (long) bytes.getInt(at);
            case UINT -> Integer.toUnsignedLong(bytes.getInt(at));
            case LONG -> bytes.getLong(at);
            case BYTE -> bytes.get(at) & 0xffL;
            case IPV4, IPV6 -> {
                byte[] address = new byte[field.kind().size];
                bytes.get(at, address);
                yield InetText.toText(address);
            }
        };
    }
}
