package dev.socketlab.json.value;

import dev.socketlab.refusal.Reason;
import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says of a JSON body that could not be read what is wrong with it, where, and what is accepted.
 */
public final class JsonErrors {
    private JsonErrors() {}

    public static InvalidRequestException explain(JacksonException e) {
        return new InvalidRequestException(pointer(e), words(e));
    }

    /** A JSON pointer, RFC 6901; "body" for the whole of it. */
    private static String pointer(JacksonException e) {
        String path =
                e.getPath().stream()
                        .map(reference ->
                                reference.getPropertyName() == null
                                        ? "/" + reference.getIndex()
                                        : "/" + escape(reference.getPropertyName()))
                        .collect(Collectors.joining());
        return path.isEmpty() ? "body" : path;
    }

    private static String escape(String name) {
        String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
        return shown.replace("~", "~0").replace("/", "~1");
    }

    private static Reason words(JacksonException e) {
        return switch (e) {
            case Mistake.Mismatch mistake -> mistake.reason();
            case UnrecognizedPropertyException unknown ->
                    Reason.of(
                            "json.unknown-field-of",
                            unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
            case InvalidNullException _ -> Reason.of("json.null");
            case InvalidFormatException format -> expected(format.getTargetType());
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case InputCoercionException _ -> Reason.of("json.out-of-range");
            case StreamConstraintsException _ -> Reason.of("json.too-large");
            case StreamReadException _ -> unreadable(e);
            default -> Reason.of("json.other", sentence(e));
        };
    }

    private static Reason mismatch(MismatchedInputException e) {
        String said = sentence(e);
        if (said.startsWith("Missing required creator property")) {
            String name = said.replaceFirst("[^']*'([^']*)'.*", "$1");
            return Reason.of("json.missing", name);
        }
        boolean ours = !said.contains("Cannot ") && !said.contains("`");
        return ours ? Reason.of("json.other", said) : expected(e.getTargetType());
    }

    private static Reason expected(Class<?> type) {
        if (type == String.class) {
            return Reason.of("expected.text");
        }
        if (type == int.class || type == Integer.class) {
            return Reason.of("expected.c-int");
        }
        if (type == long.class || type == Long.class) {
            return Reason.of("expected.whole");
        }
        return Collection.class.isAssignableFrom(type)
                ? Reason.of("expected.list")
                : Reason.of("expected.object");
    }

    /** Jackson's own words are for who configures it. */
    private static Reason unreadable(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        if (at == null) {
            return Reason.of("json.unreadable");
        }
        int line = at.getLineNr();
        int column = at.getColumnNr();
        if (sentence(e).startsWith("Duplicate ")) {
            return Reason.of("json.duplicate", line, column);
        }
        return e instanceof UnexpectedEndOfInputException
                ? Reason.of("json.ends", line, column)
                : Reason.of("json.unreadable-at", line, column);
    }

    private static String sentence(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        int newline = message.indexOf('\n');
        return newline < 0 ? message : message.substring(0, newline);
    }
}
