package dev.socketlab.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpStatus;

/**
 * Says in the OpenAPI document what operations.yaml says of each operation, and puts the operations
 * into its order.
 */
final class OperationDocuments implements OpenApiCustomizer {
    private static final String OCTETS = "application/octet-stream";

    /** What every request can be answered, whatever its operation. */
    private static final List<String> ANY =
            List.of(
                    "request/malformed",
                    "request/not-acceptable",
                    "request/request-timeout",
                    "request/content-too-large",
                    "policy/cross-site",
                    "request/misdirected-request");

    private final OperationTexts.Document texts;
    private final ProblemExamples problems;
    private final AnswerSchemas schemas = new AnswerSchemas();

    OperationDocuments(OperationTexts.Document texts, ProblemExamples problems) {
        this.texts = texts;
        this.problems = problems;
    }

    @Override
    public void customise(OpenAPI api) {
        schemas.addTo(api);
        LanguageHeaders.describe(api);
        Map<String, Found> found = found(api);
        checkRoutes(found);
        Paths ordered = new Paths();
        texts.operations()
                .forEach((id, text) -> {
                    Found one = Objects.requireNonNull(found.get(id));
                    describe(one, text);
                    ordered.putIfAbsent(one.path(), one.item());
                });
        api.setPaths(ordered);
        schemas.removeUnused(api);
    }

    private static Map<String, Found> found(OpenAPI api) {
        Map<String, Found> found = new LinkedHashMap<>();
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap()
                                .forEach((method, operation) ->
                                        found.put(
                                                operation.getOperationId(),
                                                new Found(path, item, method, operation))));
        return found;
    }

    /** The file is where the routes are seen together, so it has to have those that there are. */
    private void checkRoutes(Map<String, Found> found) {
        Map<String, String> routes = new TreeMap<>();
        found.forEach((id, one) -> routes.put(id, one.method() + " " + one.path()));
        Map<String, String> said = new TreeMap<>();
        texts.operations().forEach((id, text) -> said.put(id, text.route()));
        Set<Map.Entry<String, String>> missing = new LinkedHashSet<>(routes.entrySet());
        missing.removeAll(said.entrySet());
        said.entrySet().removeAll(routes.entrySet());
        if (!missing.isEmpty() || !said.isEmpty()) {
            throw new IllegalStateException(
                    "operations.yaml lacks these routes: "
                            + missing
                            + ", and has these, which are none: "
                            + said);
        }
    }

    private record Found(
            String path, PathItem item, PathItem.HttpMethod method, Operation operation) {}

    private void describe(Found one, OperationTexts.Text text) {
        Operation operation = one.operation();
        operation
                .tags(List.of(text.tags().getFirst()))
                .summary(text.summary())
                .description(text.description());
        operation.setParameters(parameters(one, text));
        if (operation.getRequestBody() != null) {
            Content content = operation.getRequestBody().getContent();
            MediaType json = content.get("application/json");
            if (json != null) {
                json.setExample(text.request());
                if (!Boolean.TRUE.equals(operation.getRequestBody().getRequired())) {
                    json.setSchema(ApiSchemas.orNull(json.getSchema()));
                }
            }
            if (content.remove(OCTETS) != null) {
                content.addMediaType(OCTETS, new MediaType().schema(bytes()));
            }
        }
        operation.setResponses(responses(text, errors(one, text)));
    }

    private List<Parameter> parameters(Found one, OperationTexts.Text text) {
        Operation operation = one.operation();
        List<Parameter> parameters = new ArrayList<>();
        if (one.path().contains("{sid}")) {
            parameters.add(
                    new Parameter()
                            .in("path")
                            .name("sid")
                            .required(true)
                            .schema(string())
                            .example("latest"));
        }
        for (Parameter parameter :
                operation.getParameters() == null
                        ? List.<Parameter>of()
                        : operation.getParameters()) {
            if (!parameter.getIn().equals("header")) {
                parameters.add(parameter);
            }
        }
        if (errors(text).stream().anyMatch(Set.of("EINTR", "EAI_AGAIN")::contains)) {
            parameters.add(new Parameter().in("query").name("wait").schema(string()));
        }
        for (Parameter parameter : parameters) {
            parameter.setDescription(texts.parameters().get(parameter.getName()));
            if (text.parameters() != null && text.parameters().containsKey(parameter.getName())) {
                parameter.setExample(text.parameters().get(parameter.getName()));
            }
        }
        return parameters;
    }

    /** Those that the text names, and those that every such operation has. */
    private static Set<String> errors(Found one, OperationTexts.Text text) {
        String path = one.path();
        Set<String> errors = new LinkedHashSet<>(errors(text));
        if (path.contains("{")) {
            errors.add("request/not-found");
        }
        if (one.operation().getRequestBody() != null) {
            errors.add("request/unsupported-media-type");
        }
        errors.addAll(ANY);
        return errors;
    }

    private ApiResponses responses(OperationTexts.Text text, Set<String> errors) {
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
        if (examples != null) {
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
                    new Header().description("Its URL.").required(true).schema(string()));
        }
        if (Boolean.TRUE.equals(text.octets())) {
            response.getContent().addMediaType(OCTETS, new MediaType().schema(bytes()));
            response.addHeaderObject(
                    "Socket-Result",
                    new Header()
                            .description("With raw bytes, the rest of the answer, as JSON.")
                            .schema(string()));
        }
        if (Boolean.TRUE.equals(text.text())) {
            response.getContent().addMediaType("text/plain", new MediaType().schema(string()));
        }
        if (Boolean.TRUE.equals(text.html())) {
            response.getContent().addMediaType("text/html", new MediaType().schema(string()));
        }
        return response;
    }

    private static List<String> errors(OperationTexts.Text text) {
        return text.errors() == null ? List.of() : text.errors();
    }

    private static Schema<?> string() {
        return new JsonSchema().types(Set.of("string"));
    }

    private static Schema<?> bytes() {
        return new JsonSchema().types(Set.of("string")).format("binary");
    }
}
