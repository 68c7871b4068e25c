package dev.socketlab.json.value;

/** The request is not one that the contract has; nothing was done. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;
    private final String reason;

    /**
     * @param where a JSON pointer into the body, or the name of a parameter
     * @param reason what is wrong and what is accepted
     */
    public InvalidRequestException(String where, String reason) {
        super(where + ": " + reason);
        this.where = where;
        this.reason = reason;
    }

    public String where() {
        return where;
    }

    /**
     * The same of a part of a larger document.
     *
     * @param pointer where the part is, a JSON pointer or the name of a parameter
     */
    public InvalidRequestException under(String pointer) {
        String rest = where.startsWith("/") ? where : where.equals("body") ? "" : "/" + where;
        return new InvalidRequestException(pointer + rest, reason);
    }
}
