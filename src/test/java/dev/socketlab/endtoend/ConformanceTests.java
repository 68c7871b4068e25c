package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.SyscallResult;
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
 * What Linux answers to socket calls, through HTTP: every case of {@code conformance/cases.json}.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"socketlab.egress.allow=any", "socketlab.socket.allow=AF_PACKET,SOCK_RAW"})
class ConformanceTests {
    private static final String PRIVILEGED =
            "as the process of the case, the service would need to be without a capability that it has"
                    + " here, on the machine's network and in a session's own";

    /** Cases that cannot be held here, with the reason. */
    private static final Map<String, String> EXCEPTIONS =
            Map.of(
                    "bind.privileged_port",
                    PRIVILEGED + "; and on a session's own there are no privileged ports",
                    "setsockopt.mark_unprivileged",
                    PRIVILEGED,
                    "setsockopt.rcvbufforce_unprivileged",
                    PRIVILEGED,
                    "socket.raw_unprivileged",
                    PRIVILEGED);

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
        assertThat(cases).hasSize(358);
        return cases.stream()
                .filter(one -> !EXCEPTIONS.containsKey(one.get("id").stringValue()))
                .map(one -> dynamicTest(one.get("id").stringValue(), () -> run(network, one)));
    }

    private void run(String network, JsonNode one) {
        assumeRequired(network, one);
        int tries = TIMED_BY_DELAYED_ACK.contains(one.get("id").stringValue()) ? TRIES : 1;
        for (int i = 1; ; i++) {
            try (Http http = new Http(port)) {
                new ConformanceCase(new HttpDoor(http, network), one).run();
                return;
            } catch (AssertionError e) {
                if (i == tries) {
                    throw e;
                }
            }
        }
    }

    /** CAP_NET_RAW is what the service may lack on the machine's network, where it is not root. */
    private static void assumeRequired(String network, JsonNode one) {
        boolean raw = one.path("requires").toString().contains("CAP_NET_RAW");
        if (raw && network.equals("host")) {
            LinuxKernel kernel = new LinuxKernel();
            SyscallResult made = kernel.socket(AddressFamily.AF_INET, SocketType.SOCK_RAW, 1);
            assumeTrue(made instanceof SyscallResult.Success, "the service has no CAP_NET_RAW");
            kernel.close((int) made.orThrow("socket"));
        }
    }
}
