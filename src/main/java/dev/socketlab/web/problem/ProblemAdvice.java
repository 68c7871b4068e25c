package dev.socketlab.web.problem;

import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.JsonErrors;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.place.StrayException;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Every exception that a request ends with, as a problem document. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> call(CallFailedException e) {
        return answer(e.problem());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> policy(PolicyException e) {
        return answer(
                HttpStatus.FORBIDDEN,
                "policy/" + e.rule().slug(),
                "Refused by policy",
                String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> limit(LimitException e) {
        return answer(
                Problems.status(e.limit()),
                "limit/" + e.limit().slug(),
                "Limit reached",
                String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> notFound(NotFoundException e) {
        return answer(
                HttpStatus.NOT_FOUND,
                "request/not-found",
                "Not found",
                String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> machine(MachineException e) {
        return answer(
                HttpStatus.NOT_IMPLEMENTED,
                "machine/isolated",
                "Not possible on this machine",
                String.valueOf(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> crossSite(CrossSiteException e) {
        return answer(e.problem());
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(InvalidRequestException e) {
        ProblemDetail problem = Problems.malformed(String.valueOf(e.getMessage()));
        problem.setProperty("where", e.where());
        return answer(problem);
    }

    /** The kernel refused the service itself something: not the caller's doing. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> syscall(SyscallException e) {
        LOG.warn("a system call of the service's own failed: {}", e.getMessage());
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                "limit/kernel",
                "The service is out of something",
                "The kernel refused the service " + e.getMessage() + "; try again later.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> stray(StrayException e) {
        LOG.error("a lab thread was not where it should be, and has ended", e);
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                "limit/kernel",
                "The service is out of something",
                "The call was not made, as it would have been made on another network than the"
                        + " session's; try again.");
    }

    @ExceptionHandler
    @Nullable ResponseEntity<ProblemDetail> unexpected(Exception e) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return null;
        }
        LOG.error("a request ended with an unexpected exception", e);
        return answer(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "request/internal",
                "Internal error",
                "The service has a defect; its log has the particulars.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case JacksonException json when !(json.getCause() instanceof RuntimeException) -> {
                    return widened(invalid(JsonErrors.explain(json)));
                }
                default -> {}
            }
        }
        return widened(
                answer(
                        Problems.malformed(
                                "A JSON object is expected as the body; there is none.")));
    }

    /** The one reason for which an answer cannot be written: a charset that JSON does not have. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotWritable(
            HttpMessageNotWritableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return widened(
                answer(
                        HttpStatus.NOT_ACCEPTABLE,
                        "request/not-acceptable",
                        "Not Acceptable",
                        "Acceptable representations: application/json, in UTF-8."));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        String name =
                e instanceof MethodArgumentTypeMismatchException mismatch
                        ? mismatch.getName()
                        : String.valueOf(e.getPropertyName());
        String expected =
                e.getRequiredType() == boolean.class
                        ? "true or false is expected here"
                        : "a number that fits a C int is expected here";
        return widened(invalid(new InvalidRequestException(name, expected)));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        ProblemDetail problem = e.getBody();
        MediaType type = e.getContentType();
        List<MediaType> supported = e.getSupportedMediaTypes();
        problem.setDetail(
                "The body is "
                        + (type == null
                                ? "of no stated type"
                                : type.getType() + "/" + type.getSubtype())
                        + "; accepted: "
                        + (supported.isEmpty() ? "application/json" : MediaType.toString(supported))
                        + " (curl: -H 'Content-Type: application/json').");
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /**
     * The last step for what Spring MVC itself refuses: the same document as for everything else.
     */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem =
                body instanceof ProblemDetail detail ? detail : ProblemDetail.forStatus(status);
        HttpStatus known = HttpStatus.valueOf(status.value());
        String slug = ProblemTypes.slug(known);
        problem.setType(URI.create(Problems.PATH + "request/" + slug));
        HttpHeaders all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return new ResponseEntity<>(absolute(problem), all, status);
    }

    private static ResponseEntity<ProblemDetail> answer(
            HttpStatus status, String type, String title, String detail) {
        return answer(Problems.of(status, type, title, detail));
    }

    private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(absolute(problem));
    }

    private static ProblemDetail absolute(ProblemDetail problem) {
        return RequestContextHolder.currentRequestAttributes()
                        instanceof ServletRequestAttributes attributes
                ? ProblemTypes.absolute(problem, attributes.getRequest())
                : problem;
    }

    private static ResponseEntity<Object> widened(ResponseEntity<ProblemDetail> answer) {
        return new ResponseEntity<>(answer.getBody(), answer.getHeaders(), answer.getStatusCode());
    }
}
