package dev.socketlab.web.problem;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.JsonErrors;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.place.StrayException;
import dev.socketlab.refusal.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Every exception that a request ends with, as a problem document. */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    /** What is the service's own doing is logged; what its clients get wrong is told to them. */
    @ExceptionHandler
    @Nullable ResponseEntity<ProblemDetail> thrown(
            Exception e, HttpServletRequest request, HttpServletResponse response) {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return null;
        }
        RuntimeException thrown =
                e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
        ProblemDetail problem = Problems.of(thrown, AnswerLanguage.of(request));
        switch (thrown) {
            case SyscallException _ ->
                    LOG.warn("a system call of the service's own failed: {}", e.getMessage());
            case StrayException _ ->
                    LOG.error("a lab thread was not where it should be, and has ended", e);
            default -> {
                if (problem.getStatus() == HttpStatus.INTERNAL_SERVER_ERROR.value()) {
                    LOG.error("a request ended with an unexpected exception", e);
                }
            }
        }
        return answer(problem, request, response);
    }

    /**
     * Written whole, since what was refused may be a body that does not end: its client sees the
     * end of the answer all the same.
     */
    @ExceptionHandler
    void refused(
            RefusedRequestException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        writer.write(request, response, e);
    }

    private static ResponseEntity<ProblemDetail> answer(
            ProblemDetail problem, HttpServletRequest request, HttpServletResponse response) {
        AnswerLanguage.tell(response, AnswerLanguage.of(request));
        return ResponseEntity.status(problem.getStatus())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemTypes.absolute(problem, request));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json
                    && !(json.getCause() instanceof RuntimeException)) {
                return refuse(JsonErrors.explain(json), request);
            }
        }
        return refuse(
                new RefusedRequestException(ProblemType.MALFORMED, Reason.of("http.no-body")),
                request);
    }

    /** The one reason for which an answer cannot be written: a charset that JSON does not have. */
    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotWritable(
            HttpMessageNotWritableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return refuse(
                new RefusedRequestException(
                        ProblemType.of(HttpStatus.NOT_ACCEPTABLE), Reason.of("http.charset")),
                request);
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
        Reason expected =
                e.getRequiredType() == boolean.class
                        ? Reason.of("expected.boolean")
                        : Reason.of("expected.c-int");
        return refuse(new InvalidRequestException(name, expected), request);
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
        Reason reason =
                Reason.of(
                        "http.unsupported-type",
                        type == null
                                ? Reason.of("http.unstated-type")
                                : type.getType() + "/" + type.getSubtype(),
                        supported.isEmpty() ? "application/json" : MediaType.toString(supported));
        problem.setDetail(reason.in(AnswerLanguage.of(http(request))));
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoHandlerFoundException(
            NoHandlerFoundException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Reason reason = Reason.of("http.no-endpoint", e.getHttpMethod(), e.getRequestURL());
        ProblemDetail problem = e.getBody();
        problem.setDetail(reason.in(AnswerLanguage.of(http(request))));
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
        ProblemType type = ProblemType.of(HttpStatus.valueOf(status.value()));
        Locale language = AnswerLanguage.of(http(request));
        problem.setType(type.uri());
        problem.setTitle(type.title(language));
        HttpHeaders all = new HttpHeaders(headers);
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        AnswerLanguage.tell(response(request), language);
        return new ResponseEntity<>(ProblemTypes.absolute(problem, http(request)), all, status);
    }

    private static ResponseEntity<Object> refuse(RuntimeException e, WebRequest request) {
        Locale language = AnswerLanguage.of(http(request));
        ResponseEntity<ProblemDetail> answer =
                answer(Problems.of(e, language), http(request), response(request));
        return new ResponseEntity<>(answer.getBody(), answer.getHeaders(), answer.getStatusCode());
    }

    private static HttpServletRequest http(WebRequest request) {
        return ((ServletWebRequest) request).getRequest();
    }

    private static HttpServletResponse response(WebRequest request) {
        return Objects.requireNonNull(((ServletWebRequest) request).getResponse());
    }
}
