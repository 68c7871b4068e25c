package dev.socketlab.web.door;

import dev.socketlab.refusal.Reason;
import dev.socketlab.web.problem.ProblemType;
import dev.socketlab.web.problem.RefusedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What every request must be, whatever its route, for the server to be able to read it. */
final class RequestForm {
    private RequestForm() {}

    /** What is wrong with the type of its body, its path or its query. */
    static Optional<RefusedRequestException> check(HttpServletRequest request) {
        String type = request.getContentType();
        if (type != null
                && !type.equals(MediaType.APPLICATION_JSON_VALUE)
                && !isContentType(type)) {
            return refusal(
                    ProblemType.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE), Reason.of("http.no-type"));
        }
        if (request.getRequestURI().indexOf(';') >= 0) {
            return refusal(ProblemType.MALFORMED, Reason.of("http.path-parameters"));
        }
        if (request.getQueryString() == null) {
            return Optional.empty();
        }
        try {
            request.getParameterMap();
            return Optional.empty();
        } catch (IllegalStateException | IllegalArgumentException _) {
            return refusal(ProblemType.MALFORMED, Reason.of("http.query"));
        }
    }

    private static Optional<RefusedRequestException> refusal(ProblemType type, Reason reason) {
        return Optional.of(new RefusedRequestException(type, reason));
    }

    /** Whether a body that says it is JSON is in UTF-8, as JSON between systems is. */
    static boolean isReadable(HttpServletRequest request, byte[] body) {
        String type = request.getContentType();
        if (isText(body)
                || type == null
                || !MediaType.parseMediaType(type).getSubtype().endsWith("json")) {
            return true;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(body);
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().indexOf(0) < 0;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /** Whether all of it is ASCII without NUL, as nearly all of what comes is. */
    private static boolean isText(byte[] body) {
        for (byte one : body) {
            if (one <= 0) {
                return false;
            }
        }
        return true;
    }

    /** Forms are read by the server itself, before the body can be bounded. */
    private static boolean isContentType(String text) {
        try {
            MediaType type = MediaType.parseMediaType(text);
            return type.isConcrete()
                    && !type.getType().equals("multipart")
                    && !type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }
}
