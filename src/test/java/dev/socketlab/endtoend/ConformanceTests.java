package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Linux answers to socket calls, through HTTP: every case of {@code conformance/cases.json}
 * that needs only the calls the service has so far.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "socketlab.egress.allow=any")
class ConformanceTests {
    private static final Set<String> OPERATIONS =
            Set.of(
                    "socket",
                    "bind",
                    "listen",
                    "accept",
                    "connect",
                    "send",
                    "recv",
                    "shutdown",
                    "close",
                    "getsockname",
                    "getpeername",
                    "getsockopt",
                    "setsockopt",
                    "fcntl",
                    "getaddrinfo",
                    "sleep",
                    "await");

    private static final Set<String> FAMILIES = Set.of("AF_INET", "AF_INET6", "8675309");
    private static final Set<String> TYPES = Set.of("SOCK_STREAM", "SOCK_SEQPACKET", "75", "0");

    /** Cases that cannot be held here, with the reason. */
    private static final Map<String, String> EXCEPTIONS =
            Map.of(
                    "bind.privileged_port",
                    "on the machine's network it needs a service without CAP_NET_BIND_SERVICE, and"
                            + " on a session's own there are no privileged ports");

    /**
     * The kernel frees a little of a full send buffer when the peer's delayed acknowledgement
     * comes, 40 ms after the last segment. Where that falls between two requests of the case, the
     * kernel takes bytes where the case, made of calls microseconds apart, finds none; so it is
     * tried again.
     */
    private static final Set<String> TIMED_BY_DELAYED_ACK =
            Set.of("send.full_buffer_eagain", "send.full_buffer_eagain_o_nonblock");

    private static final int TRIES = 20;

    @LocalServerPort private int port;

    @TestFactory
    Stream<DynamicTest> linuxAnswersThroughHttp() throws IOException {
        return cases("host");
    }

    @TestFactory
    Stream<DynamicTest> linuxAnswersThroughHttpOnASessionsOwnNetwork() throws IOException {
        try (Http http = new Http(port)) {
            http.assumeCapability("isolated");
        }
        return cases("isolated");
    }

    private Stream<DynamicTest> cases(String network) throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("/conformance/cases.json")) {
            new JsonMapper().readTree(in).forEach(cases::add);
        }
        List<JsonNode> fitting = cases.stream().filter(ConformanceTests::fits).toList();
        assertThat(fitting).hasSizeGreaterThanOrEqualTo(172);
        return fitting.stream()
                .filter(one -> !EXCEPTIONS.containsKey(one.get("id").stringValue()))
                .map(one -> dynamicTest(one.get("id").stringValue(), () -> run(network, one)));
    }

    private void run(String network, JsonNode one) {
        int tries = TIMED_BY_DELAYED_ACK.contains(one.get("id").stringValue()) ? TRIES : 1;
        for (int i = 1; ; i++) {
            try (Http http = new Http(port)) {
                new ConformanceCase(http, network, one).run();
                return;
            } catch (AssertionError e) {
                if (i == tries) {
                    throw e;
                }
            }
        }
    }

    private static boolean fits(JsonNode one) {
        for (JsonNode step : one.get("steps")) {
            String op = step.get("op").stringValue();
            JsonNode args = step.path("args");
            boolean known =
                    switch (op) {
                        case "socket" ->
                                FAMILIES.contains(args.get("family").asString())
                                        && TYPES.contains(args.get("type").asString());
                        default -> OPERATIONS.contains(op);
                    };
            if (!known) {
                return false;
            }
        }
        return true;
    }
}
