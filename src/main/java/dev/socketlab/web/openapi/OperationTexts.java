package dev.socketlab.web.openapi;

import dev.socketlab.json.value.Required;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The texts and examples of the OpenAPI document: the file openapi/operations.yaml. */
@Component
final class OperationTexts {
    private final Document document;

    OperationTexts(JsonMapper mapper) throws IOException {
        try (InputStream in = new ClassPathResource("openapi/operations.yaml").getInputStream()) {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            this.document = mapper.convertValue(yaml, Document.class);
        }
    }

    /** The whole file; operations by their operationId, in the order of the page. */
    record Document(
            @Required String title,
            @Required String description,
            @Required Map<String, String> parameters,
            @Required List<TagText> tags,
            @Required Map<String, Text> operations) {}

    record TagText(@Required String name, @Required String description) {}

    /**
     * What the document says of one operation.
     *
     * @param route its method and path: {@code POST /api/v1/sessions}
     * @param tags the parts of the page that show it
     * @param parameters examples of path parameters
     * @param request an example of the body
     * @param status of success; null for 200
     * @param answer the schema of what it answers; with [] a list of them
     * @param made the schema of a 201 that it answers beside, where it makes something
     * @param octets whether it can answer bytes as they are
     * @param html whether it can answer a page
     * @param text whether it can answer plain text
     * @param strace the example call in strace's notation, for the examples of problems
     * @param errors errnos, EAI codes and problem types that it can end with
     */
    record Text(
            @Required String route,
            @Required List<String> tags,
            @Required String summary,
            @Required String description,
            @Nullable Map<String, Object> parameters,
            @Nullable Map<String, Object> request,
            @Nullable Integer status,
            @Required String answer,
            @Nullable String made,
            @Nullable Boolean octets,
            @Nullable Boolean html,
            @Nullable Boolean text,
            @Nullable String strace,
            @Nullable List<String> errors) {}

    Document document() {
        return document;
    }

    /** The text of one operation, by its operationId. */
    Text text(String operationId) {
        Text text = document.operations().get(operationId);
        if (text == null) {
            throw new IllegalArgumentException("operations.yaml has no " + operationId);
        }
        return text;
    }
}
