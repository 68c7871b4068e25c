package dev.socketlab.json;

import dev.socketlab.call.SocketOption;
import dev.socketlab.json.form.Form;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.JsonErrors;
import dev.socketlab.json.value.OptionNames;
import dev.socketlab.json.value.Word;
import dev.socketlab.refusal.Reason;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of one call that is read: words that HTTP has in the URL are taken out of the
 * object, and what is left is the form's.
 */
final class Parameters {
    private final JsonMapper mapper;
    private final ObjectNode left;
    private @Nullable Form form;

    /**
     * @param left the parameters, which this takes
     */
    Parameters(JsonMapper mapper, ObjectNode left) {
        this.mapper = mapper;
        this.left = left;
    }

    /** The descriptor of a call, as its man page calls it, or {@code fd}. */
    int fd() {
        return number("fd", "sockfd", "oldfd");
    }

    /** A number under one of these names. */
    int number(String... names) {
        String name = present(names);
        JsonNode node = left.remove(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new InvalidRequestException("/" + name, Reason.of("expected.c-int"));
        }
        return node.intValue();
    }

    /** The level and number of an option. */
    SocketOption.Named option() {
        Word optname = word("optname", "name");
        return OptionNames.resolve(optname, left.has("level") ? word("level") : null);
    }

    /** A text, or a number as text, under one of these names. */
    Word word(String... names) {
        String name = present(names);
        JsonNode node = left.remove(name);
        if (node == null || !(node.isString() || node.isIntegralNumber())) {
            throw new InvalidRequestException("/" + name, Reason.of("expected.text-or-number"));
        }
        return new Word("/" + name, node.asString());
    }

    /** Which of the names the parameter has; the first where it is missing. */
    private String present(String... names) {
        for (String name : names) {
            if (left.has(name)) {
                return name;
            }
        }
        return names[0];
    }

    /**
     * The form that what is left makes.
     *
     * @throws InvalidRequestException when it makes none
     */
    <F extends Form> F form(Class<F> type) {
        try {
            F read = mapper.treeToValue(left, type);
            form = read;
            return read;
        } catch (JacksonException e) {
            throw JsonErrors.explain(e);
        }
    }

    /** How the bytes of the answer are written, by the form that was read. */
    @Nullable DataEncoding answerEncoding() {
        return form == null ? null : form.answerEncoding();
    }
}
