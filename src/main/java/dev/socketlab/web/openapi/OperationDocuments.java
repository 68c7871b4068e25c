package dev.socketlab.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;

/**
 * Says in the OpenAPI document what operations.yaml says of each operation, and puts the operations
 * into its order.
 */
final class OperationDocuments implements OpenApiCustomizer {
    private static final String OCTETS = OperationResponses.OCTETS;

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
    private final AnswerSchemas schemas = new AnswerSchemas();
    private final OperationResponses responses;

    OperationDocuments(OperationTexts.Document texts, ProblemExamples problems) {
        this.texts = texts;
        this.responses = new OperationResponses(problems, schemas);
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
                content.addMediaType(OCTETS, new MediaType().schema(ApiSchemas.bytes()));
            }
        }
        operation.setResponses(responses.of(text, errors(one, text)));
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
                            .schema(ApiSchemas.string())
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
            parameters.add(new Parameter().in("query").name("wait").schema(ApiSchemas.string()));
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

    private static List<String> errors(OperationTexts.Text text) {
        return text.errors() == null ? List.of() : text.errors();
    }
}
