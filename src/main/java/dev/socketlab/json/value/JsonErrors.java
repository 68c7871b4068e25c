package dev.socketlab.json.value;

import java.util.Collection;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
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

    private static String words(JacksonException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                    "unknown field; accepted: "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", "));
            case InvalidNullException _ -> "null is not accepted here";
            case InvalidFormatException format -> expected(format.getTargetType());
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case InputCoercionException _ -> "the number is out of range";
            case StreamConstraintsException constraint ->
                    "too deep, too long or too large: " + sentence(constraint);
            case StreamReadException _ -> "this is not JSON in UTF-8: " + sentence(e) + where(e);
            default -> sentence(e);
        };
    }

    private static String mismatch(MismatchedInputException e) {
        String said = sentence(e);
        if (said.startsWith("Missing required creator property")) {
            String name = said.replaceFirst("[^']*'([^']*)'.*", "$1");
            return "the field " + name + " is missing";
        }
        boolean ours = !said.contains("Cannot ") && !said.contains("`");
        return ours ? said : expected(e.getTargetType());
    }

    private static String expected(Class<?> type) {
        String what =
                type == String.class
                        ? "text"
                        : type == int.class || type == Integer.class
                                ? "a number that fits a C int"
                                : type == long.class || type == Long.class
                                        ? "a whole number"
                                        : Collection.class.isAssignableFrom(type)
                                                ? "a list"
                                                : "an object";
        return what + " is expected here";
    }

    private static String sentence(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        int newline = message.indexOf('\n');
        return newline < 0 ? message : message.substring(0, newline);
    }

    private static String where(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }
}
