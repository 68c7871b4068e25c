package dev.socketlab.json.value;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.exc.MismatchedInputException;

/** What is wrong with a value, or with a field of it, wherever it stands. */
final class Mistake extends Refusal {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    Mistake(Reason reason) {
        this(null, reason);
    }

    Mistake(@Nullable String field, Reason reason) {
        super(reason);
        this.field = field;
    }

    /** As Jackson has it of a value that it reads. */
    JacksonException in(JsonParser parser, Class<?> type) {
        JacksonException mismatch = new Mismatch(parser, type, reason());
        return field == null ? mismatch : mismatch.prependPath(type, field);
    }

    /** Jackson's exception, which knows the place, with the reason. */
    static final class Mismatch extends MismatchedInputException {
        private static final long serialVersionUID = 1L;

        private final transient Reason reason;

        private Mismatch(JsonParser parser, Class<?> type, Reason reason) {
            super(parser, reason.code(), type);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }
}
