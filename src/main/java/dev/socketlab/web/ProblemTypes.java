package dev.socketlab.web;

import java.net.URI;
import org.springframework.http.ProblemDetail;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Makes the type of a problem a URL of this service, under the name by which it was asked. */
final class ProblemTypes {
    private ProblemTypes() {}

    static ProblemDetail absolute(ProblemDetail problem) {
        URI type = problem.getType();
        if (type != null && !type.isAbsolute()) {
            problem.setType(
                    ServletUriComponentsBuilder.fromCurrentContextPath()
                            .path(type.toString())
                            .build()
                            .toUri());
        }
        return problem;
    }
}
