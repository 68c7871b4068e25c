package dev.socketlab.json.value;

import dev.socketlab.refusal.Reason;
import dev.socketlab.refusal.Refusal;
import java.util.Locale;

/** The request is not one that the contract has; nothing was done. */
public final class InvalidRequestException extends Refusal {
    private static final long serialVersionUID = 1L;

    private final String where;

    /**
     * @param where a JSON pointer into the body, or the name of a parameter
     * @param reason what is wrong and what is accepted
     */
    public InvalidRequestException(String where, Reason reason) {
        super(reason);
        this.where = where;
    }

    public String where() {
        return where;
    }

    @Override
    public String in(Locale language) {
        return where + ": " + super.in(language);
    }

    /**
     * The same of a part of a larger document.
     *
     * @param pointer where the part is, a JSON pointer or the name of a parameter
     */
    public InvalidRequestException under(String pointer) {
        String rest = where.startsWith("/") ? where : where.equals("body") ? "" : "/" + where;
        return new InvalidRequestException(pointer + rest, reason());
    }
}
