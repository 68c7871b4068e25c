package dev.socketlab.json.value;

import dev.socketlab.refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a call that HTTP has in the path or the query, and JSON beside the others.
 *
 * @param where its place: the name of a parameter, or a JSON pointer
 */
public record Word(String where, String text) {
    /** The word of a text; null for none. */
    public static @Nullable Word of(String where, @Nullable String text) {
        return text == null ? null : new Word(where, text);
    }

    /** What to throw where it is wrong. */
    InvalidRequestException wrong(Reason reason) {
        return new InvalidRequestException(where, reason);
    }
}
