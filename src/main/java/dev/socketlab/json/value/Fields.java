package dev.socketlab.json.value;

import dev.socketlab.refusal.Reason;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of an object whose form follows from what is in it; a null is no field. */
record Fields(ObjectNode object) {
    private static final long UINT32_MAX = 0xffffffffL;

    @Nullable JsonNode get(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** Refuses fields that none of these are, with a value or without. */
    void known(List<String> names) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw new Mistake(
                        name, Reason.of("json.unknown-field-of", String.join(", ", names)));
            }
        }
    }

    /** Refuses the fields that an address of its family has not, which are not these. */
    void only(List<String> names) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name) && !name.equals("family") && get(name) != null) {
                throw new Mistake(
                        name, Reason.of("invalid.family-fields", name, String.join(", ", names)));
            }
        }
    }

    String text(String name, String otherwise) {
        JsonNode node = get(name);
        if (node != null && !node.isString()) {
            throw new Mistake(name, Reason.of("expected.text"));
        }
        return node == null ? otherwise : node.stringValue();
    }

    int integer(String name, int otherwise) {
        JsonNode node = get(name);
        if (node == null) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new Mistake(name, Reason.of("expected.c-int"));
        }
        return node.intValue();
    }

    int uint32(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return 0;
        }
        if (!node.isIntegralNumber()) {
            throw new Mistake(name, Reason.of("expected.whole"));
        }
        if (!node.canConvertToLong() || node.longValue() < 0 || node.longValue() > UINT32_MAX) {
            throw new Mistake(name, Reason.of("invalid.uint32", name, node));
        }
        return (int) node.longValue();
    }

    int uint16(String name, int number) {
        if (number < 0 || number > 0xffff) {
            throw new Mistake(name, Reason.of("invalid.uint16", name, number));
        }
        return number;
    }

    int constant(String name, Constants names, int otherwise) {
        JsonNode node = get(name);
        if (node == null || node.isIntegralNumber()) {
            return integer(name, otherwise);
        }
        if (!node.isString()) {
            throw new Mistake(name, Reason.of("expected.constant"));
        }
        OptionalInt value = names.find(node.stringValue());
        return value.orElseThrow(() -> new Mistake(name, names.unknown(node.stringValue())));
    }

    /** The bytes that a field stands for in the encoding that the object names. */
    byte[] bytes(String name) {
        String encoding = text("encoding", DataEncoding.UTF_8.text());
        DataEncoding named =
                DataEncoding.find(encoding)
                        .orElseThrow(() -> new Mistake("encoding", DataEncoding.accepted()));
        try {
            return named.decode(text(name, ""));
        } catch (Mistake e) {
            throw new Mistake(name, e.reason());
        }
    }
}
