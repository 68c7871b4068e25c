package dev.socketlab.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem document. */
@Component
public final class ProblemWriter {
    private final JsonMapper mapper;

    public ProblemWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Answers with what was thrown. */
    public void write(
            HttpServletRequest request, HttpServletResponse response, RuntimeException thrown)
            throws IOException {
        write(request, response, Problems.of(thrown, AnswerLanguage.of(request)));
    }

    /**
     * Answers with a document in the language of the request; its type becomes a URL of the
     * service.
     */
    public void write(
            HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        ProblemTypes.absolute(problem, request);
        AnswerLanguage.tell(response, AnswerLanguage.of(request));
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = mapper.writeValueAsBytes(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
