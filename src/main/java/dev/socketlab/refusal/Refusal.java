package dev.socketlab.refusal;

import java.util.Locale;

/** Something is refused, for a reason that can be said in every language there is. */
public abstract class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    protected Refusal(Reason reason) {
        this.reason = reason;
    }

    /** Without a stack trace: of what clients get wrong nobody looks at one. */
    protected Refusal(Reason reason, boolean writableStackTrace) {
        super(null, null, false, writableStackTrace);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What is told of it. */
    public String in(Locale language) {
        return reason.in(language);
    }

    @Override
    public String getMessage() {
        return in(Locale.ENGLISH);
    }
}
