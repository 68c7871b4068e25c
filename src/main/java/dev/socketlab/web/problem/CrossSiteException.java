package dev.socketlab.web.problem;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A page of another site sent the request; nothing was done. */
public final class CrossSiteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CrossSiteException(String header, String value) {
        super("A page of another site sent this request (" + header + ": " + value + ").");
    }

    public ProblemDetail problem() {
        return Problems.of(
                HttpStatus.FORBIDDEN,
                "policy/cross-site",
                "Refused by policy",
                getMessage() + " This service answers its own pages and programs only.");
    }
}
