package dev.socketlab.web.openapi;

import dev.socketlab.abi.Errno;
import dev.socketlab.web.problem.ProblemType;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What the OpenAPI document says that an operation answers. */
final class OperationResponses {
    static final String OCTETS = "application/octet-stream";

    private final ProblemExamples problems;
    private final AnswerSchemas schemas;

    OperationResponses(ProblemExamples problems, AnswerSchemas schemas) {
        this.problems = problems;
        this.schemas = schemas;
    }

    /**
     * The kernel may answer a system call with any errno; those that the text names are examples.
     */
    ApiResponses of(OperationTexts.Text text, Set<String> errors) {
        ApiResponses responses = new ApiResponses();
        int status = text.status() == null ? HttpStatus.OK.value() : text.status();
        responses.addApiResponse(Integer.toString(status), success(text, text.answer(), status));
        if (text.made() != null) {
            int made = HttpStatus.CREATED.value();
            responses.addApiResponse(Integer.toString(made), success(text, text.made(), made));
        }
        Map<Integer, Map<String, Example>> byStatus = new TreeMap<>();
        for (String error : errors) {
            Map<String, Object> problem = problems.of(error, text.strace());
            byStatus.computeIfAbsent((Integer) problem.get("status"), _ -> new LinkedHashMap<>())
                    .put(error.substring(error.indexOf('/') + 1), new Example().value(problem));
        }
        if (errors.stream().anyMatch(Errno.all()::containsKey)) {
            ProblemType.ofErrnos()
                    .forEach(one -> byStatus.computeIfAbsent(one.value(), _ -> Map.of()));
        }
        byStatus.forEach((code, examples) ->
                responses.addApiResponse(
                        Integer.toString(code),
                        problem(HttpStatus.valueOf(code).getReasonPhrase(), examples)));
        responses.addApiResponse("default", LanguageHeaders.in(problem("Any other problem", null)));
        return responses;
    }

    private static ApiResponse problem(
            String description, @Nullable Map<String, Example> examples) {
        MediaType problem = new MediaType().schema(ApiSchemas.ref("Problem"));
        if (examples != null && !examples.isEmpty()) {
            problem.setExamples(examples);
        }
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/problem+json", problem));
    }

    private ApiResponse success(OperationTexts.Text text, String answer, int status) {
        ApiResponse response =
                new ApiResponse()
                        .description("The call succeeded.")
                        .content(
                                new Content()
                                        .addMediaType(
                                                "application/json",
                                                new MediaType().schema(schemas.of(answer))));
        if (status == HttpStatus.CREATED.value()) {
            response.addHeaderObject(
                    "Location",
                    new Header()
                            .description("Its URL.")
                            .required(true)
                            .schema(ApiSchemas.string()));
        }
        if (Boolean.TRUE.equals(text.octets())) {
            response.getContent().addMediaType(OCTETS, new MediaType().schema(ApiSchemas.bytes()));
            response.addHeaderObject(
                    "Socket-Result",
                    new Header()
                            .description("With raw bytes, the rest of the answer, as JSON.")
                            .schema(ApiSchemas.string()));
        }
        if (Boolean.TRUE.equals(text.text())) {
            response.getContent()
                    .addMediaType("text/plain", new MediaType().schema(ApiSchemas.string()));
        }
        if (Boolean.TRUE.equals(text.html())) {
            response.getContent()
                    .addMediaType("text/html", new MediaType().schema(ApiSchemas.string()));
        }
        return response;
    }
}
