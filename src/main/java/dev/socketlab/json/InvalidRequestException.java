package dev.socketlab.json;

/** The request is not one that the contract has; nothing was done. */
public final class InvalidRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;

    /**
     * @param where a JSON pointer into the body, or the name of a parameter
     * @param message what is wrong and what is accepted
     */
    public InvalidRequestException(String where, String message) {
        super(where + ": " + message);
        this.where = where;
    }

    public String where() {
        return where;
    }
}
