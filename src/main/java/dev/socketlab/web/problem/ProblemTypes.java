package dev.socketlab.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Makes the type of a problem a URL of this service, under the name by which it was asked. */
final class ProblemTypes {
    private ProblemTypes() {}

    /** But not under a name that is not the service's. */
    static ProblemDetail absolute(ProblemDetail problem, HttpServletRequest request) {
        URI type = problem.getType();
        if (type != null
                && !type.isAbsolute()
                && problem.getStatus() != HttpStatus.MISDIRECTED_REQUEST.value()) {
            problem.setType(
                    ServletUriComponentsBuilder.fromContextPath(request)
                            .path(type.toString())
                            .build()
                            .toUri());
        }
        return problem;
    }
}
