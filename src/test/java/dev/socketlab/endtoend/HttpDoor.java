package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.json.CallReader;
import dev.socketlab.json.value.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls as requests of the contract, in one session: what the URL of a call names is in its path
 * and its query, the rest in its body. Each answer is held to the contract's form.
 */
public final class HttpDoor implements CallDoor {
    private static final Map<String, String> LEVELS =
            Map.of(
                    "SO",
                    "SOL_SOCKET",
                    "TCP",
                    "IPPROTO_TCP",
                    "IP",
                    "IPPROTO_IP",
                    "IPV6",
                    "IPPROTO_IPV6");
    private static final CallReader READER = new CallReader(StrictJson.mapper());
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, String> ROUTES = routes();

    /** What a variable of a path is in a call, where it is not the same word. */
    private static final Map<String, String> WORDS = Map.of("name", "optname", "id", "res");

    private static final List<String> KERNEL_PROBLEM =
            List.of("type", "title", "status", "detail", "syscall", "returned");
    private static final List<String> MADE =
            List.of(
                    "socket",
                    "socketpair",
                    "accept",
                    "dup",
                    "dup2",
                    "epoll_create1",
                    "getaddrinfo");

    private final Http http;
    private final String session;

    public HttpDoor(Http http, String network) {
        this.http = http;
        this.session = http.session(network);
    }

    /** The method and path of each operation. */
    static Map<String, String> routes() {
        try (InputStream in = HttpDoor.class.getResourceAsStream("/openapi/operations.yaml")) {
            Map<String, Object> document = new Yaml().load(in);
            Map<String, String> routes = new LinkedHashMap<>();
            ((Map<?, ?>) document.get("operations"))
                    .forEach((id, text) ->
                            routes.put(id.toString(), ((Map<?, ?>) text).get("route").toString()));
            return routes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operation of a call: epoll_create1 is epollCreate1. */
    static String operation(String call) {
        Matcher underscore = Pattern.compile("_(\\w)").matcher(call);
        return underscore.replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }

    @Override
    public ObjectNode make(ObjectNode call) {
        return make(call, null);
    }

    /**
     * As {@link #make(ObjectNode)}.
     *
     * @param wait how long it may block; null is the service's own
     */
    public ObjectNode make(ObjectNode call, String wait) {
        READER.read(call); // what one door takes, each does
        String name = call.get("call").stringValue();
        String[] route = ROUTES.get(operation(name.equals("dup2") ? "dup" : name)).split(" ");
        ObjectNode body = call.deepCopy().without("call");
        Matcher variable = VARIABLE.matcher(route[1].replace("/api/v1/sessions/{sid}", session));
        String path =
                variable.replaceAll(found -> {
                    String word = found.group(1);
                    return Stream.of(WORDS.getOrDefault(word, word), "sockfd", "oldfd")
                            .filter(body::has)
                            .findFirst()
                            .map(body::remove)
                            .orElseThrow()
                            .asString();
                });
        if (body.has("level")) {
            String level = body.remove("level").asString();
            String option = call.path("optname").asString();
            boolean isImplied = level.equals(LEVELS.get(option.replaceFirst("_.*", "")));
            path += isImplied ? "" : "?level=" + level;
        }
        if (wait != null) {
            path += (path.contains("?") ? "&" : "?") + "wait=" + wait;
        }
        String sent = route[0].equals("GET") || body.isEmpty() ? null : body.toString();
        return answer(http.send(route[0], path, sent), makes(name, call) ? 201 : 200);
    }

    private static boolean makes(String name, ObjectNode call) {
        return MADE.contains(name) || call.path("cmd").asString("").startsWith("F_DUPFD");
    }

    private static ObjectNode answer(Http.Answer answer, int success) {
        JsonNode body = answer.json();
        if (answer.status() < 300) {
            assertThat(answer.status()).as("%s", body).isEqualTo(success);
            assertThat(answer.type()).isEqualTo("application/json");
            if (success == 201) {
                assertThat(answer.header("Location")).startsWith("/api/v1/sessions/");
            }
        } else {
            assertThat(answer.type()).isEqualTo("application/problem+json");
            assertThat(body.propertyNames()).as("%s", body).containsAll(KERNEL_PROBLEM);
            assertThat(body.get("type").stringValue()).matches("http://.*/(errno|eai)/[A-Z]+.*");
        }
        return (ObjectNode) body;
    }

    @Override
    public void end() {
        assertThat(http.delete(session).status()).isEqualTo(200);
    }
}
