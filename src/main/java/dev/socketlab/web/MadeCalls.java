package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.web.door.AcceptedTypes;
import dev.socketlab.web.problem.AnswerLanguage;
import dev.socketlab.web.problem.ProblemWriter;
import dev.socketlab.web.problem.Problems;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with calls that were made: 200 or 201 with what they returned, the received bytes
 * themselves where the client asks for those, or the problem document of a call that failed.
 * Answers are written whole, in one piece.
 */
final class MadeCalls implements HandlerMethodReturnValueHandler {
    private final JsonMapper mapper;
    private final ProblemWriter problems;

    MadeCalls(JsonMapper mapper, ProblemWriter problems) {
        this.mapper = mapper;
        this.problems = problems;
    }

    /** The rest of a receiving call's result whose bytes are the body. */
    record SocketResult(long returned) {}

    /** As {@link SocketResult}, of recvfrom. */
    record SocketResultFrom(
            long returned, @Schema(ref = "Address") @Nullable SocketAddress src_addr) {}

    @Override
    public boolean supportsReturnType(MethodParameter returned) {
        return returned.getParameterType() == Made.class;
    }

    @Override
    public void handleReturnValue(
            @Nullable Object value,
            MethodParameter returned,
            ModelAndViewContainer container,
            NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        HttpServletRequest http = request.getNativeRequest(HttpServletRequest.class);
        HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
        if (value instanceof Made made && http != null && response != null) {
            switch (made.result()) {
                case Result.Failed failed -> failed(http, response, made.call(), failed);
                case Result.Received received when asksForBytes(made.call(), http) ->
                        raw(response, made.call(), received);
                case Result.Answered answered -> json(response, made, answered);
            }
        }
    }

    private void failed(
            HttpServletRequest http, HttpServletResponse response, Call call, Result.Failed failed)
            throws IOException {
        ProblemDetail problem = Problems.of(call, failed, AnswerLanguage.of(http));
        problem.setInstance(URI.create(http.getRequestURI()));
        problems.write(http, response, problem);
    }

    private void json(HttpServletResponse response, Made made, Result.Answered answered)
            throws IOException {
        Optional<String> location = made.location(answered);
        if (location.isPresent()) {
            response.setStatus(HttpStatus.CREATED.value());
            response.setHeader(HttpHeaders.LOCATION, location.get());
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        write(response, mapper.writeValueAsBytes(made.answer(answered)));
    }

    /** A message's bytes are in several buffers, so they are in JSON alone. */
    private static boolean asksForBytes(Call call, HttpServletRequest request) {
        String accept = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        return !accept.isEmpty()
                && !(call instanceof Call.Recvmsg)
                && AcceptedTypes.prefers(accept, MediaType.APPLICATION_OCTET_STREAM);
    }

    /** A browser is not to take them for a page. */
    private void raw(HttpServletResponse response, Call call, Result.Received received)
            throws IOException {
        Object result =
                call instanceof Call.Recvfrom
                        ? new SocketResultFrom(received.returned(), received.with().name())
                        : new SocketResult(received.returned());
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader("Socket-Result", mapper.writeValueAsString(result));
        response.setHeader("Content-Disposition", "attachment");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        write(response, received.bytes());
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
