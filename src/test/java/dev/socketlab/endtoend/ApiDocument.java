package dev.socketlab.endtoend;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document as what answers are held to: JSON Schema 2020-12, with the formats that it
 * names asserted.
 */
final class ApiDocument {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final JsonNode document;
    private final JsonNode components;
    private final Map<String, Pattern> paths = new LinkedHashMap<>();
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry;

    ApiDocument(JsonNode document) {
        this.document = document;
        this.components = closed(document.get("components"));
        for (String path : document.get("paths").propertyNames()) {
            String literal = Pattern.quote(path).replaceAll("\\{\\w+}", "\\\\E([^/]+)\\\\Q");
            paths.put(path, Pattern.compile(literal));
        }
        Dialect dialect =
                Dialect.builder(Dialects.getDraft202012())
                        .format(new IntegerFormat("int32", Integer.SIZE))
                        .format(new IntegerFormat("int64", Long.SIZE))
                        .keyword(new NonValidationKeyword("components"))
                        .keyword(new NonValidationKeyword("example"))
                        .build();
        this.registry =
                SchemaRegistry.withDialect(
                        dialect,
                        builder ->
                                builder.schemaRegistryConfig(
                                        SchemaRegistryConfig.builder()
                                                .formatAssertionsEnabled(true)
                                                .build()));
    }

    /** The one in docs, which OpenApiTests holds to that of the service. */
    static ApiDocument checkedIn() {
        return new ApiDocument(MAPPER.readTree(Path.of("docs/openapi.json")));
    }

    /** An operation, and the values that a request has for the variables of its path. */
    record Operation(JsonNode node, List<String> variables, List<String> values) {}

    /** The operation of a request; a GET's is that of HEAD too. */
    Optional<Operation> operation(String method, String path) {
        String verb = method.equals("HEAD") ? "get" : method.toLowerCase();
        for (Map.Entry<String, Pattern> entry : paths.entrySet()) {
            var matcher = entry.getValue().matcher(path);
            JsonNode node = document.get("paths").get(entry.getKey()).get(verb);
            if (node != null && matcher.matches()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    values.add(matcher.group(i));
                }
                return Optional.of(new Operation(node, variables(entry.getKey()), values));
            }
        }
        return Optional.empty();
    }

    private static List<String> variables(String path) {
        return Pattern.compile("\\{(\\w+)}")
                .matcher(path)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Refers to a schema among the document's components. */
    JsonNode component(String name) {
        return MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    /**
     * What of JSON is otherwise than a schema of the document says, each as pointer and message.
     */
    List<String> faults(JsonNode schema, byte[] json) {
        try {
            return faults(schema, MAPPER.readTree(json));
        } catch (JacksonException e) {
            return List.of("no JSON: " + e.getOriginalMessage());
        }
    }

    List<String> faults(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::schema).validate(value).stream()
                .map(ApiDocument::text)
                .toList();
    }

    private static String text(Error error) {
        return error.getInstanceLocation() + ": " + error.getMessage();
    }

    /** With the components beside it, to which it refers. */
    private Schema schema(JsonNode schema) {
        ObjectNode root = (ObjectNode) schema.deepCopy();
        root.set("components", components);
        return registry.getSchema(root);
    }

    /** A client overlooks a field that it does not know; here a field has to be documented. */
    private static JsonNode closed(JsonNode components) {
        JsonNode closed = components.deepCopy();
        for (JsonNode schema : closed.get("schemas")) {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
        return closed;
    }
}
