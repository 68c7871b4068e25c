package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.json.CallReader;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document, and the page that shows it. */
class OpenApiTests extends LiveServiceTests {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    private static final Path CHECKED_IN = Path.of("docs/openapi.json");
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void theDocumentIsTheOneCheckedIn() throws IOException {
        Http.Answer answer = http.get("/v3/api-docs");
        assertThat(answer.status()).as("the service makes its document").isEqualTo(200);
        String said = PRETTY.writeValueAsString(answer.json()) + "\n";
        if (Boolean.getBoolean("openapi.renew")) {
            Files.writeString(CHECKED_IN, said);
        }
        assertThat(said)
                .as("renew %s: ./mvnw test -Dtest=OpenApiTests -Dopenapi.renew=true", CHECKED_IN)
                .isEqualTo(Files.readString(CHECKED_IN));
    }

    /** The file is where the routes are seen together, also those that no document has. */
    @Test
    void theRoutesOfOperationsYamlAreThoseOfTheCode() {
        Set<String> mapped = new TreeSet<>();
        mappings.getHandlerMethods()
                .forEach((mapping, method) -> {
                    if (!isHidden(method)) {
                        for (String pattern : mapping.getPatternValues()) {
                            mapping.getMethodsCondition()
                                    .getMethods()
                                    .forEach(verb ->
                                            mapped.add(verb + " " + pattern.replace("{*", "{")));
                        }
                    }
                });
        assertThat(new TreeSet<>(HttpDoor.routes().values())).isEqualTo(mapped);
    }

    private static boolean isHidden(HandlerMethod method) {
        return !method.getBeanType().getName().startsWith("dev.socketlab")
                || method.hasMethodAnnotation(Hidden.class)
                || method.getBeanType().isAnnotationPresent(Hidden.class);
    }

    @Test
    void theHomePageAndItsDocumentAreThere() {
        assertThat(http.get("/").type()).isEqualTo("text/html");
        assertThat(http.get("/swagger-ui.html").type()).isEqualTo("text/html");
        assertThat(http.get("/swagger-ui/swagger-ui-bundle.js").status()).isEqualTo(200);
        JsonNode config = http.get("/v3/api-docs/swagger-config").json();
        assertThat(config.get("url").stringValue()).isEqualTo("/openapi/page.json");
    }

    /** A request of the page: what pressing Execute sends. */
    private record Request(String id, String method, String path, String body, List<String> done) {}

    @Test
    void everyCallHasItsOperation() {
        List<String> operations = new ArrayList<>();
        Http.Answer document = http.get("/v3/api-docs");
        assertThat(document.status()).as("the service makes its document").isEqualTo(200);
        for (JsonNode path : document.json().get("paths")) {
            path.forEach(operation -> operations.add(operation.get("operationId").stringValue()));
        }
        Set<String> calls = new TreeSet<>(CallReader.names());
        calls.removeAll(List.of("accept4", "dup2")); // operations of accept and dup make them
        for (String call : calls) {
            assertThat(operations)
                    .as("the operation of %s", call)
                    .contains(HttpDoor.operation(call));
        }
    }

    @Test
    void theExamplesWorkDownThePage() throws IOException {
        http.assumeCapability("isolated");
        String free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = Integer.toString(socket.getLocalPort());
        }
        List<String> pressed = new ArrayList<>();
        for (Request request : page(http.get("/openapi/page.json").json())) {
            String body = request.body() == null ? null : request.body().replace("8081", free);
            Http.Answer answer = http.send(request.method(), request.path(), body);
            assertThat(request.done())
                    .as("%s: %s", request.id(), new String(answer.bytes()))
                    .contains(Integer.toString(answer.status()));
            pressed.add(request.id());
        }
        assertThat(pressed)
                .containsSubsequence(
                        "getaddrinfo",
                        "socket",
                        "bind",
                        "listen",
                        "socket",
                        "connect",
                        "accept",
                        "send",
                        "recv",
                        "close")
                .hasSizeGreaterThan(40);
    }

    /** As Swagger UI shows it: tag by tag, and in each the operations in the document's order. */
    private static List<Request> page(JsonNode document) {
        List<Request> requests = new ArrayList<>();
        for (JsonNode tag : document.get("tags")) {
            for (String path : document.get("paths").propertyNames()) {
                JsonNode item = document.get("paths").get(path);
                for (String method : item.propertyNames()) {
                    JsonNode operation = item.get(method);
                    if (operation.get("tags").valueStream().anyMatch(tag.get("name")::equals)) {
                        requests.add(request(method, path, operation));
                    }
                }
            }
        }
        return requests;
    }

    private static Request request(String method, String path, JsonNode operation) {
        String filled = path;
        for (JsonNode parameter : operation.path("parameters")) {
            String name = "{" + parameter.get("name").stringValue() + "}";
            filled = filled.replace(name, parameter.path("example").asString(""));
        }
        JsonNode body =
                operation
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("example");
        return new Request(
                operation.get("operationId").stringValue(),
                method.toUpperCase(),
                filled,
                body.isMissingNode() ? null : body.toString(),
                operation.get("responses").propertyNames().stream()
                        .filter(status -> status.startsWith(expected(operation)))
                        .toList());
    }

    /** There is nothing yet that unlink could remove. */
    private static String expected(JsonNode operation) {
        return operation.get("operationId").stringValue().equals("unlink") ? "409" : "2";
    }

    @Test
    void theExampleOfAProblemIsWhatTheServiceAnswers() {
        String path = "/api/v1/sessions/{sid}/sockets/{fd}/getpeername";
        JsonNode example =
                http.get("/v3/api-docs")
                        .json()
                        .get("paths")
                        .get(path)
                        .at(
                                "/get/responses/404/content/application~1problem+json/examples/EBADF/value");
        JsonNode answer = http.get(sockets(5) + "/getpeername").json();
        assertThat(example.propertyNames()).isSubsetOf(answer.propertyNames());
        for (String field : example.propertyNames()) {
            if (field.equals("type")) {
                assertThat(answer.get(field).stringValue()).endsWith("/problems/errno/EBADF");
            } else {
                assertThat(answer.get(field)).as(field).isEqualTo(example.get(field));
            }
        }
    }
}
