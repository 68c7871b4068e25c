package dev.socketlab.json.value;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.node.ObjectNode;

/** The fields of an object whose form follows from what is in it; a null is no field. */
record Fields(ObjectNode object) {
    private static final long UINT32_MAX = 0xffffffffL;

    /** What is wrong with a field. */
    static final class Mistake extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String field;

        Mistake(String field, String message) {
            super(message);
            this.field = field;
        }

        String field() {
            return field;
        }

        /** As Jackson says it of a value that it reads. */
        JacksonException in(JsonParser parser, Class<?> type) {
            return MismatchedInputException.from(parser, type, getMessage())
                    .prependPath(type, field);
        }
    }

    @Nullable JsonNode get(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    /** Refuses fields that none of these are, with a value or without. */
    void known(List<String> names) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name)) {
                throw new Mistake(name, "unknown field; accepted: " + String.join(", ", names));
            }
        }
    }

    /**
     * Refuses fields of other names.
     *
     * @param message what to say of one, %s, before the names that are accepted
     * @param also a name that is accepted besides
     */
    void only(List<String> names, String message, String... also) {
        for (String name : object.propertyNames()) {
            if (!names.contains(name) && !List.of(also).contains(name) && get(name) != null) {
                throw new Mistake(name, message.formatted(name) + String.join(", ", names));
            }
        }
    }

    String text(String name, String otherwise) {
        JsonNode node = get(name);
        if (node != null && !node.isString()) {
            throw new Mistake(name, "text is expected here");
        }
        return node == null ? otherwise : node.stringValue();
    }

    int integer(String name, int otherwise) {
        JsonNode node = get(name);
        if (node == null) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new Mistake(name, "a number that fits a C int is expected here");
        }
        return node.intValue();
    }

    int uint32(String name) {
        JsonNode node = get(name);
        if (node == null) {
            return 0;
        }
        if (!node.isIntegralNumber()) {
            throw new Mistake(name, "a whole number is expected here");
        }
        if (!node.canConvertToLong() || node.longValue() < 0 || node.longValue() > UINT32_MAX) {
            throw new Mistake(name, name + " " + node + " does not fit a uint32_t");
        }
        return (int) node.longValue();
    }

    int uint16(String name, int number) {
        if (number < 0 || number > 0xffff) {
            throw new Mistake(name, name + " " + number + " does not fit 16 bits");
        }
        return number;
    }

    int constant(String name, Constants names, int otherwise) {
        JsonNode node = get(name);
        if (node == null || node.isIntegralNumber()) {
            return integer(name, otherwise);
        }
        if (!node.isString()) {
            throw new Mistake(name, "the name of a constant or a number is expected here");
        }
        OptionalInt value = names.find(node.stringValue());
        return value.orElseThrow(() -> new Mistake(name, names.unknown(node.stringValue())));
    }

    /** The bytes that a field stands for in the encoding that the object names. */
    byte[] bytes(String name) {
        String encoding = text("encoding", DataEncoding.UTF_8.text());
        DataEncoding named =
                DataEncoding.find(encoding)
                        .orElseThrow(() -> new Mistake("encoding", DataEncoding.ACCEPTED));
        try {
            return named.decode(text(name, ""));
        } catch (IllegalArgumentException e) {
            throw new Mistake(name, String.valueOf(e.getMessage()));
        }
    }
}
