package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.socketlab.Await;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What an operator sees, moved by what sessions do. */
@Timeout(60)
class MetersTests extends LiveServiceTests {
    private static final Set<String> LABELS =
            Set.of(
                    "domain",
                    "type",
                    "state",
                    "queue",
                    "buffer",
                    "bound",
                    "network",
                    "event",
                    "answer",
                    "call",
                    "errno",
                    "by",
                    "direction");

    @Autowired MeterRegistry registry;

    /** One sample of Prometheus' text; 0 where there is none. */
    private double sample(String series) {
        return new String(http.get("/actuator/prometheus").bytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private void awaitSample(String series, double value) {
        Await.until(() -> sample(series) == value);
    }

    @Test
    void aQueueThatFillsIsSeenByTheOperator() {
        http.assumeCapability("isolated");
        String overflows = "socketlab_listen_overflows_total{network=\"isolated\"}";
        double before = sample(overflows);
        try (LabSession lab = LabSession.on(http, "isolated")) {
            int listener = lab.listener(2);
            String addr = lab.name(listener);
            for (int i = 0; i < 6; i++) {
                lab.connect(lab.nonblocking(), addr);
            }
            awaitSample("socketlab_queue_depth_connections{queue=\"accept\"}", 3);
            assertThat(sample("socketlab_queue_depth_max_connections{queue=\"accept\"}"))
                    .isEqualTo(3);
            assertThat(sample("socketlab_queue_fill_max{queue=\"accept\"}")).isEqualTo(1);
            assertThat(sample("socketlab_queue_limit_connections{queue=\"accept\"}")).isEqualTo(2);
            assertThat(sample("socketlab_queue_depth_listeners{bound=\"2\",queue=\"accept\"}"))
                    .isZero();
            assertThat(sample("socketlab_queue_depth_listeners{bound=\"5\",queue=\"accept\"}"))
                    .isEqualTo(1);
            assertThat(sockets("SYN-SENT")).isEqualTo(3);
            assertThat(sockets("LISTEN")).isEqualTo(1);
            assertThat(sockets("ESTABLISHED")).as("three clients, and what waits").isEqualTo(6);
            assertThat(sample(overflows) - before).isGreaterThanOrEqualTo(3);

            JsonNode fullest = http.get("/actuator/sockets").json().get("queues").get(0);
            assertThat(fullest.get("queue").stringValue()).isEqualTo("accept");
            assertThat(fullest.get("fd").intValue()).isEqualTo(listener);
            assertThat(lab.path).endsWith(fullest.get("session").stringValue());
            assertThat(fullest.get("depth").intValue()).isEqualTo(3);
            assertThat(fullest.get("fill").doubleValue()).isEqualTo(1);
        }
        awaitSample("socketlab_queue_depth_connections{queue=\"accept\"}", 0);
        assertThat(sample(overflows) - before)
                .as("what an ended session overflowed stays counted")
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void theAcceptQueueOfAUnixListenerIsCountedToo() {
        try (LabSession lab = LabSession.on(http, "host")) {
            int listener = lab.socket("{\"domain\":\"AF_UNIX\"}");
            lab.bind(listener, "unix:l");
            lab.listen(listener, 7);
            for (int i = 0; i < 2; i++) {
                LabSession.ok(lab.connect(lab.socket("{\"domain\":\"AF_UNIX\"}"), "unix:l"));
            }
            awaitSample("socketlab_queue_depth_connections{queue=\"accept\"}", 2);
            assertThat(sample("socketlab_queue_limit_connections{queue=\"accept\"}")).isEqualTo(7);
            assertThat(sample("socketlab_queue_depth_listeners{bound=\"+Inf\",queue=\"syn\"}"))
                    .as("a UNIX listener has no SYN queue")
                    .isZero();
            assertThat(unixStreams("LISTEN")).isEqualTo(1);
            assertThat(unixStreams("ESTABLISHED")).isEqualTo(2);

            JsonNode queues = http.get("/actuator/sockets").json().get("queues");
            assertThat(queues).hasSize(1);
            assertThat(queues.get(0).get("fd").intValue()).isEqualTo(listener);
            assertThat(queues.get(0).get("host").isNull()).isTrue();
            assertThat(queues.get(0).get("queue").stringValue()).isEqualTo("accept");
            assertThat(queues.get(0).get("fill").doubleValue()).isEqualTo(0.25);
        }
    }

    private double unixStreams(String state) {
        return sample(
                "socketlab_sockets{domain=\"AF_UNIX\",state=\""
                        + state
                        + "\",type=\"SOCK_STREAM\"}");
    }

    private double sockets(String state) {
        return sample(
                "socketlab_sockets{domain=\"AF_INET\",state=\""
                        + state
                        + "\",type=\"SOCK_STREAM\"}");
    }

    /** Nobody reads the namespace before it ends. */
    @Test
    void whatASessionOverflowedBeforeItEndedIsCountedAtItsEnd() {
        http.assumeCapability("isolated");
        String overflows = "socketlab_listen_overflows_total{network=\"isolated\"}";
        double before = sample(overflows);
        try (LabSession lab = LabSession.on(http, "isolated")) {
            int listener = lab.listener(0);
            String addr = lab.name(listener);
            for (int i = 0; i < 3; i++) {
                lab.connect(lab.nonblocking(), addr);
            }
        }
        Await.until(() -> sample(overflows) - before >= 2);
    }

    @Test
    void theSynQueuesOfBothNetworksAreCounted() {
        for (String network : List.of("host", "isolated")) {
            if (network.equals("isolated")) {
                http.assumeCapability("isolated");
            }
            try (LabSession lab = LabSession.on(http, network)) {
                int listener = lab.listener(5);
                lab.set(listener, "TCP_DEFER_ACCEPT", 30);
                String addr = lab.name(listener);
                for (int i = 0; i < 2; i++) {
                    lab.connect(lab.nonblocking(), addr);
                }
                awaitSample("socketlab_queue_depth_connections{queue=\"syn\"}", 2);
            }
            awaitSample("socketlab_queue_depth_connections{queue=\"syn\"}", 0);
        }
    }

    @Test
    void buffersBytesAndCallsAreCounted() {
        String in = "socketlab_bytes_total{direction=\"in\"}";
        String out = "socketlab_bytes_total{direction=\"out\"}";
        String sends = "socketlab_calls_seconds_count{call=\"send\",errno=\"none\"}";
        try (LabSession lab = LabSession.on(http, "host")) {
            LabSession.Pair pair = lab.pair();
            double inBefore = sample(in);
            double outBefore = sample(out);
            double sendsBefore = sample(sends);
            lab.send(pair.client(), 5000, "");
            awaitSample("socketlab_buffer_queued_bytes{buffer=\"receive\"}", 5000);
            assertThat(sample("socketlab_buffer_queued_max_bytes{buffer=\"receive\"}"))
                    .isEqualTo(5000);
            assertThat(sample("socketlab_buffer_memory_bytes{buffer=\"receive\"}"))
                    .isGreaterThan(5000);
            assertThat(sample("socketlab_buffer_fill_max{buffer=\"receive\"}")).isPositive();
            http.post(lab.at(pair.server()) + "/recv", "{\"len\":9,\"flags\":[\"MSG_PEEK\"]}");
            assertThat(lab.recv(pair.server(), 2000)).isEqualTo(2000);
            assertThat(sample(in) - inBefore).isEqualTo(2000);
            assertThat(sample(out) - outBefore).isEqualTo(5000);
            assertThat(sample(sends) - sendsBefore).isEqualTo(1);
            awaitSample("socketlab_buffer_queued_bytes{buffer=\"receive\"}", 3000);
            JsonNode buffers = http.get("/actuator/sockets?limit=1").json().get("buffers");
            assertThat(buffers).hasSize(1);
            assertThat(buffers.get(0).get("buffer").stringValue()).isEqualTo("receive");
            assertThat(buffers.get(0).get("queued").intValue()).isEqualTo(3000);
        }
    }

    /** Who looks at all options of a socket makes no call of the session's. */
    @Test
    void theListOfOptionsCountsAsNoCall() {
        String gets = "socketlab_calls_seconds_count{call=\"getsockopt\",errno=\"none\"}";
        String failed = "socketlab_calls_seconds_count{call=\"getsockopt\",errno=\"ENOPROTOOPT\"}";
        try (LabSession lab = LabSession.on(http, "host")) {
            int fd = lab.socket(null);
            http.get(lab.at(fd) + "/options/SO_TYPE");
            double before = sample(gets);
            double failedBefore = sample(failed);
            assertThat(http.get(lab.at(fd) + "/options").status()).isEqualTo(200);
            assertThat(sample(gets)).isEqualTo(before);
            assertThat(sample(failed)).isEqualTo(failedBefore);
        }
    }

    @Test
    void waitsFailuresAndRefusalsAreCountedByTheirNames() throws Exception {
        try (LabSession lab = LabSession.on(http, "host")) {
            int listener = lab.listener(5);
            double waiting = sample("socketlab_calls_waiting{call=\"accept\"}");
            Thread accepting = Thread.startVirtualThread(() -> lab.accept(listener));
            awaitSample("socketlab_calls_waiting{call=\"accept\"}", waiting + 1);
            lab.connect(lab.socket(null), lab.name(listener));
            assertThat(accepting.join(Duration.ofSeconds(30))).isTrue();
            awaitSample("socketlab_calls_waiting{call=\"accept\"}", waiting);

            String ebadf = "socketlab_calls_seconds_count{call=\"listen\",errno=\"EBADF\"}";
            double before = sample(ebadf);
            http.post(lab.at(99) + "/listen", null);
            assertThat(sample(ebadf)).isEqualTo(before + 1);
            String refused = "socketlab_calls_refused_total{by=\"policy/egress\",call=\"connect\"}";
            double refusedBefore = sample(refused);
            assertThat(lab.connect(lab.socket(null), "192.0.2.1:80").status()).isEqualTo(403);
            assertThat(sample(refused)).isEqualTo(refusedBefore + 1);
        }
    }

    @Test
    void sessionsNamespacesAndFramesAreCounted() {
        http.assumeCapability("interfaces");
        awaitSample("socketlab_sessions{network=\"isolated\"}", 0);
        double fds = sample("socketlab_fds");
        try (LabSession lab = LabSession.of(http, "client", "server")) {
            awaitSample("socketlab_sessions{network=\"isolated\"}", 1);
            assertThat(sample("socketlab_namespaces")).isEqualTo(2);
            assertThat(sample("socketlab_fds") - fds).isEqualTo(8);
            double frames = sample("socketlab_frames_total");
            int listener = lab.socket("{\"host\":\"server\"}");
            lab.bind(listener, "10.0.0.2:80");
            lab.listen(listener, 5);
            lab.connect(lab.socket("{\"host\":\"client\"}"), "10.0.0.2:80");
            assertThat(sample("socketlab_frames_total") - frames)
                    .as("two of ARP, three of the handshake")
                    .isGreaterThanOrEqualTo(5);
        }
    }

    /** A scrape every second would keep every session for ever. */
    @Test
    void aReadingIsNoUseOfASession() {
        String before = http.get(session).json().get("expiresAt").stringValue();
        Instant touched = Instant.parse(before);
        http.get("/actuator/prometheus");
        http.get("/actuator/sockets");
        JsonNode listed = null;
        for (JsonNode one : http.get("/api/v1/sessions").json()) {
            if (session.endsWith(one.get("id").stringValue())) {
                listed = one;
            }
        }
        assertThat(Instant.parse(Objects.requireNonNull(listed).get("expiresAt").stringValue()))
                .isCloseTo(touched, within(5, ChronoUnit.MILLIS));
    }

    @Test
    void anUnreasonableLimitIsRefused() {
        assertThat(http.get("/actuator/sockets?limit=0").status()).isEqualTo(400);
        assertThat(http.get("/actuator/sockets?limit=1001").status()).isEqualTo(400);
        assertThat(http.send("POST", "/actuator/sockets", "{}").status()).isEqualTo(405);
    }

    @Test
    void healthHasEachPart() {
        JsonNode parts = http.get("/actuator/health").json().get("components");
        assertThat(parts.propertyNames()).contains("epoll", "fds", "isolation");
        assertThat(parts.get("fds").get("details").propertyNames())
                .containsExactlyInAnyOrder("sessions", "sessionsLimit", "process", "processLimit");
    }

    /** The page has each meter, and no other; each with its type, its unit and its labels. */
    @Test
    void thePageOfMetersIsTrue() throws IOException {
        waitsAndRefusalsThatMakeTheirMeters();
        Map<String, String> meters = new HashMap<>();
        for (Meter meter : registry.getMeters()) {
            String name = meter.getId().getName();
            if (name.startsWith("socketlab.")) {
                Set<String> labels =
                        meter.getId().getTags().stream()
                                .map(Tag::getKey)
                                .collect(Collectors.toCollection(TreeSet::new));
                assertThat(LABELS).as(name).containsAll(labels);
                meters.put(
                        name,
                        meter.getId().getType().name().toLowerCase(Locale.ROOT)
                                + " in "
                                + Objects.toString(meter.getId().getBaseUnit(), "")
                                + " by "
                                + labels);
                assertThat(meter.getId().getDescription()).as(name).isNotBlank();
            }
        }
        String scrape =
                new String(http.get("/actuator/prometheus").bytes(), StandardCharsets.UTF_8);
        Map<String, String> written = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("METRICS.md"))) {
            if (line.startsWith("| `socketlab.")) {
                List<String> cells = new ArrayList<>();
                for (String cell : line.split("\\|")) {
                    cells.add(cell.strip().replace("`", ""));
                }
                Set<String> labels = new TreeSet<>(List.of(cells.get(5).split(", ?")));
                labels.remove("");
                written.put(cells.get(1), cells.get(3) + " in " + cells.get(4) + " by " + labels);
                assertThat(scrape).contains("\n# TYPE " + cells.get(2) + " ");
            }
        }
        assertThat(written).isEqualTo(meters);
    }

    private void waitsAndRefusalsThatMakeTheirMeters() {
        try (LabSession lab = LabSession.on(http, "host")) {
            lab.pair();
            lab.connect(lab.socket(null), "192.0.2.1:80");
        }
    }
}
