package dev.socketlab.web.problem;

import dev.socketlab.refusal.Reason;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the servlet container refuses by sendError, as a problem document. */
@Hidden
@RestController
class ErrorPage implements ErrorController {
    @RequestMapping("${server.error.path:/error}")
    @Nullable ResponseEntity<ProblemDetail> error(
            HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null; // what there is to say has been said
        }
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus known = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        HttpStatus status = known == null ? HttpStatus.NOT_FOUND : known;
        ProblemType type = ProblemType.of(status);
        Locale language = AnswerLanguage.of(request);
        Reason reason = Reason.of("http.refused", type.title(language));
        ProblemDetail problem = type.document(reason.in(language), language);
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri) {
            problem.setInstance(URI.create(uri)); // the request's own, not this page's
        }
        AnswerLanguage.tell(response, language);
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemTypes.absolute(problem, request));
    }
}
