package dev.socketlab.json.form;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.refusal.Reason;
import org.jspecify.annotations.Nullable;

/** What the types of C cannot have. */
final class Checks {
    private Checks() {}

    /** A length is a size_t. */
    static long size(String where, long length) {
        if (length < 0) {
            throw new InvalidRequestException(where, Reason.of("invalid.size", length));
        }
        return length;
    }

    /** Text that goes to C as a string. */
    static @Nullable String string(String where, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw new InvalidRequestException(where, Reason.of("invalid.c-string"));
        }
        return text;
    }
}
