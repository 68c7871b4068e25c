package dev.socketlab.json.value;

import dev.socketlab.linux.Structure;
import dev.socketlab.linux.Structure.Field;
import dev.socketlab.linux.Structure.Kind;
import dev.socketlab.refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** C structures as objects, by the C names of their fields. */
final class StructureJson {
    private static final long UINT32_MAX = 0xffffffffL;

    private StructureJson() {}

    /**
     * The bytes of the structure that an object stands for, which has its fields and no others.
     *
     * @param where its place in the request
     * @throws InvalidRequestException when it is another
     */
    static byte[] read(Structure structure, JsonNode value, String where) {
        return read(structure, value, where, false);
    }

    /** As {@link #read}; an address that is left out is the wildcard. */
    static byte[] readWithWildcards(Structure structure, JsonNode value, String where) {
        return read(structure, value, where, true);
    }

    private static byte[] read(
            Structure structure, JsonNode value, String where, boolean wildcards) {
        List<Object> values = new ArrayList<>();
        int found = 0;
        for (Field field : structure.fields()) {
            JsonNode node = value.isObject() ? value.get(field.name()) : null;
            found += node == null ? 0 : 1;
            if (node == null && !(wildcards && value.isObject())) {
                throw expected(structure, where);
            }
            values.add(value(field, node, where + "/" + field.name()));
        }
        if (found != value.size()) {
            throw expected(structure, where);
        }
        return structure.write(values);
    }

    private static Object value(Field field, @Nullable JsonNode node, String where) {
        return switch (field.kind()) {
            case INT -> whole(node, where, Integer.MAX_VALUE, Reason.of("expected.c-int"));
            case UINT -> whole(node, where);
            case BYTE -> whole(node, where, 0xff, Reason.of("expected.bits", 8));
            case LONG -> {
                if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
                    throw new InvalidRequestException(where, Reason.of("expected.whole"));
                }
                yield node.longValue();
            }
            case IPV4 -> address(field, node, where, "0.0.0.0");
            case IPV6 -> address(field, node, where, "::");
        };
    }

    /**
     * A number of 32 bits, with a sign or without.
     *
     * @throws InvalidRequestException when it is none
     */
    static long whole(@Nullable JsonNode node, String where) {
        return whole(node, where, UINT32_MAX, Reason.of("expected.bits", Integer.SIZE));
    }

    private static Long whole(@Nullable JsonNode node, String where, long max, Reason expected) {
        if (node != null && node.isIntegralNumber() && node.canConvertToLong()) {
            long number = node.longValue();
            if (number >= Integer.MIN_VALUE && number <= max) {
                return number;
            }
        }
        throw new InvalidRequestException(where, expected);
    }

    private static byte[] address(
            Field field, @Nullable JsonNode node, String where, String wildcard) {
        String text = node == null ? wildcard : node.asString("");
        return Field.address(field.kind(), text)
                .orElseThrow(() ->
                        new InvalidRequestException(
                                where, Reason.of("expected.address", example(field))));
    }

    private static String example(Field field) {
        boolean group = field.name().endsWith("multiaddr");
        return field.kind() == Kind.IPV4
                ? group ? "239.1.2.3" : "192.0.2.1"
                : group ? "ff02::1" : "2001:db8::1";
    }

    private static InvalidRequestException expected(Structure structure, String where) {
        return new InvalidRequestException(where, Reason.of("expected.form", form(structure)));
    }

    /** What such an object has: {@code {"l_onoff","l_linger"}}. */
    static String form(Structure structure) {
        return structure.fields().stream()
                .map(field -> "\"" + field.name() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
