package dev.socketlab.web.problem;

import org.springframework.http.ProblemDetail;

/** A call's failure on its way to being a problem document. */
public final class CallFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ProblemDetail problem;

    public CallFailedException(ProblemDetail problem) {
        super(problem.getDetail(), null, false, false);
        this.problem = problem;
    }

    ProblemDetail problem() {
        return problem;
    }
}
