package dev.socketlab.endtoend;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * An exchange held to the OpenAPI document: its answer by status, media type, headers and schema;
 * and a request that was accepted by its parameters and its body. A status has to be declared as
 * itself: {@code default} alone is none. What the document has no operation for is refused, with a
 * problem document.
 */
final class Held {
    private static final String PROBLEM = "application/problem+json";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ApiDocument document;
    private final Exchange exchange;
    private final List<String> faults = new ArrayList<>();

    private Held(ApiDocument document, Exchange exchange) {
        this.document = document;
        this.exchange = exchange;
    }

    /** What is otherwise than the document says, a line each. */
    static List<String> faults(ApiDocument document, Exchange exchange) {
        Held held = new Held(document, exchange);
        Optional<ApiDocument.Operation> operation =
                document.operation(exchange.method(), exchange.path());
        operation.ifPresentOrElse(held::hold, held::holdWithoutOperation);
        return held.faults;
    }

    private void hold(ApiDocument.Operation operation) {
        JsonNode response = operation.node().get("responses").get("" + exchange.status());
        if (response == null) {
            fault("status", "is not declared");
            return;
        }
        if (exchange.isAccepted()) {
            holdParameters(operation);
            holdBody(operation.node().get("requestBody"));
        }
        for (String name : response.path("headers").propertyNames()) {
            JsonNode header = response.get("headers").get(name);
            if (header.path("required").booleanValue(false)
                    && !exchange.headers().containsKey(name)) {
                fault("header " + name, "is missing");
            }
        }
        holdContent("answer", response.path("content"), exchange.type(), exchange.answer());
    }

    private void holdWithoutOperation() {
        boolean isOurs =
                exchange.path().startsWith("/api/v1/") || exchange.path().startsWith("/problems/");
        if (isOurs && exchange.isAccepted()) {
            fault("operation", "is not declared");
        } else if (exchange.type().equals(PROBLEM) && !exchange.method().equals("HEAD")) {
            add("answer", document.faults(document.component("Problem"), exchange.answer()));
        } else if (isOurs && !exchange.method().equals("HEAD")) {
            fault("answer", "is no problem document but " + exchange.type());
        }
    }

    private void holdContent(String what, JsonNode content, String type, byte[] bytes) {
        if (exchange.method().equals("HEAD")) {
            return;
        }
        JsonNode declared = content.get(type);
        if (declared == null) {
            fault(what, "media type " + type + " is not declared");
        } else if (type.endsWith("json")) {
            add(what, document.faults(declared.get("schema"), bytes));
        }
    }

    private void holdBody(JsonNode declared) {
        if (declared == null) {
            return; // a body means nothing here, and is read away
        }
        if (exchange.body().length > 0 || !exchange.requestType().isEmpty()) {
            holdContent("body", declared.get("content"), exchange.requestType(), exchange.body());
        } else if (declared.path("required").booleanValue(false)) {
            fault("body", "is required");
        }
    }

    private void holdParameters(ApiDocument.Operation operation) {
        Map<String, JsonNode> declared = new LinkedHashMap<>();
        for (JsonNode parameter : operation.node().path("parameters")) {
            String name = parameter.get("name").stringValue();
            if (parameter.get("in").stringValue().equals("path")) {
                String value = operation.values().get(operation.variables().indexOf(name));
                holdParameter(parameter, List.of(value));
            } else {
                declared.put(name, parameter);
            }
        }
        Map<String, List<String>> values = query(exchange.query());
        values.forEach((name, texts) -> {
            if (declared.containsKey(name)) {
                holdParameter(declared.get(name), texts);
            } else {
                fault("parameter " + name, "is not declared");
            }
        });
    }

    private void holdParameter(JsonNode parameter, List<String> texts) {
        JsonNode schema = parameter.get("schema");
        JsonNode value;
        if (schema.path("type").asString("").equals("array")) {
            ArrayNode list = MAPPER.createArrayNode();
            texts.forEach(text -> list.add(value(schema.get("items"), text)));
            value = list;
        } else {
            value = value(schema, texts.getFirst());
        }
        add("parameter " + parameter.get("name").stringValue(), document.faults(schema, value));
    }

    /** Text as what its schema takes: as a number or a boolean where it is no string. */
    private static JsonNode value(JsonNode schema, String encoded) {
        String text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        boolean isText = schema.path("type").asString("string").equals("string");
        return isText || !text.matches("-?\\d+|true|false")
                ? JsonNodeFactory.instance.stringNode(text)
                : MAPPER.readTree(text);
    }

    private static Map<String, List<String>> query(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.computeIfAbsent(parts[0], _ -> new ArrayList<>())
                    .add(parts.length < 2 ? "" : parts[1]);
        }
        return values;
    }

    private void add(String what, List<String> found) {
        found.forEach(one -> fault(what, one));
    }

    private void fault(String what, String message) {
        faults.add(exchange + ": " + what + ": " + message);
    }
}
