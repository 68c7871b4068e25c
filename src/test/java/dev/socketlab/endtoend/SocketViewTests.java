package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The other figures of a socket's view, moved by making the kernel move them. */
@Timeout(60)
class SocketViewTests extends ViewTests {
    /** The accept queue is made smaller than the SYN queue, so what is sent then finds no room. */
    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void whatNobodyAcknowledgesIsUnackedAndWhatTheWindowKeepsBackIsUnsent(String network) {
        try (LabSession lab = on(network)) {
            int listener = lab.listener(1);
            lab.set(listener, "TCP_DEFER_ACCEPT", 30);
            List<Integer> clients = connecting(lab, listener, 2);
            Await.until(() -> queue(lab.view(listener), "syn", "depth") == 2);
            lab.listen(listener, 0);
            lab.send(clients.getFirst(), 1, "");
            Await.until(() -> queue(lab.view(listener), "accept", "depth") == 1);

            int client = clients.getLast();
            lab.send(client, 100, "");
            JsonNode small = lab.view(client);
            assertThat(buffer(small, "send", "queued")).isEqualTo(100);
            assertThat(buffer(small, "send", "unacked")).isEqualTo(100);
            assertThat(buffer(small, "send", "unsent")).isZero();
            assertThat(tcp(small, "unacked")).isEqualTo(1);

            int more = lab.returned(lab.send(client, 1_000_000, ""));
            JsonNode large = lab.view(client);
            assertThat(buffer(large, "send", "queued")).isEqualTo(100 + more);
            assertThat(buffer(large, "send", "unsent")).isPositive();
            assertThat(buffer(large, "send", "unacked") + buffer(large, "send", "unsent"))
                    .isEqualTo(100 + more);
            assertThat(buffer(large, "send", "memory"))
                    .isGreaterThan(buffer(small, "send", "memory"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void aReaderThatStopsClosesItsWindowAndTheRestWaitsWithTheSender(String network) {
        try (LabSession lab = on(network)) {
            LabSession.Pair pair = lab.pair();
            int sent = fill(lab, pair.client());

            Await.until(() -> tcp(lab.view(pair.client()), "snd_wnd") == 0);
            Still still = still(lab, pair);
            JsonNode sender = still.sender();
            JsonNode reader = still.reader();
            assertThat(buffer(sender, "send", "queued") + buffer(reader, "receive", "queued"))
                    .as(() -> sender.get("tcp") + " and " + reader.get("tcp"))
                    .isEqualTo(sent);
            assertThat(buffer(sender, "send", "unsent")).isPositive();
            assertThat(buffer(sender, "send", "memory")).isPositive();
            assertThat(buffer(reader, "receive", "memory"))
                    .isGreaterThanOrEqualTo(buffer(reader, "receive", "queued"));
            assertThat(buffer(reader, "receive", "capacity"))
                    .isEqualTo(option(lab, pair.server(), "SO_RCVBUF"));
            assertThat(buffer(sender, "send", "capacity")).isEqualTo(still.sndbuf());

            for (int left = sent; left > 0; ) {
                left -= lab.recv(pair.server(), 1 << 20);
            }
            Await.until(() -> buffer(lab.view(pair.client()), "send", "queued") == 0);
            assertThat(buffer(lab.view(pair.server()), "receive", "queued")).isZero();
        }
    }

    /** Both ends of a connection at one moment, and the sender's SO_SNDBUF. */
    private record Still(JsonNode sender, JsonNode reader, long sndbuf) {}

    /**
     * Waits until nothing moves from the one end to the other: what was sent is acknowledged, and
     * the sender is the same before its peer is read and after, its buffer too.
     */
    private Still still(LabSession lab, LabSession.Pair pair) {
        AtomicReference<Still> still = new AtomicReference<>();
        Await.until(() -> {
            JsonNode sender = lab.view(pair.client());
            JsonNode reader = lab.view(pair.server());
            long sndbuf = option(lab, pair.client(), "SO_SNDBUF");
            JsonNode again = lab.view(pair.client());
            still.set(new Still(sender, reader, sndbuf));
            return sender.at("/buffers/send/unacked").asLong(-1) == 0
                    && buffer(sender, "send", "capacity") == sndbuf
                    && again.get("buffers").equals(sender.get("buffers"));
        });
        return still.get();
    }

    private long option(LabSession lab, int fd, String name) {
        return http.get(lab.at(fd) + "/options/" + name).json().get("optval").longValue();
    }

    @Test
    void aResetLeavesNothingToSend() {
        try (LabSession lab = on("host")) {
            LabSession.Pair pair = lab.pair();
            fill(lab, pair.client());
            lab.close(pair.server()); // with bytes unread: a reset
            Await.until(() -> lab.state(pair.client()).equals("CLOSED"));
            assertThat(lab.view(pair.client()).get("buffers").get("send").get("queued").isNull())
                    .isTrue();
        }
    }

    @Test
    void theWayToThePeerIsTheKernels() {
        http.assumeCapability("interfaces");
        try (LabSession lab = LabSession.of(http, "client", "server")) {
            String mac = lab.shown().get("hosts").get(1).get("mac").stringValue();
            for (String[] ends :
                    new String[][] {
                        {"AF_INET", "10.0.0.2:80", "10.0.0.2", "10.0.0.1"},
                        {"AF_INET6", "[fd00::2]:80", "fd00::2", "fd00::1"}
                    }) {
                int listener = lab.socket(on("server", ends[0]));
                lab.bind(listener, ends[1]);
                lab.listen(listener, 5);
                int client = lab.socket(on("client", ends[0]));
                LabSession.ok(lab.connect(client, ends[1]));
                JsonNode view = lab.view(client);
                assertThat(view.get("host").stringValue()).isEqualTo("client");
                assertThat(view.get("route").toString())
                        .isEqualTo(
                                "{\"nextHop\":\"%s\",\"interface\":\"eth0\",\"source\":\"%s\"}"
                                        .formatted(ends[2], ends[3]));
                assertThat(view.get("neighbour").get("mac").stringValue()).isEqualTo(mac);
                assertThat(view.get("neighbour").get("state").stringValue())
                        .isIn("REACHABLE", "DELAY", "STALE", "PROBE");
                assertThat(lab.view(listener).get("route").isNull()).isTrue();
                lab.close(listener);
            }
        }
    }

    @Test
    void onLoopbackThereIsARouteAndNoNeighbour() {
        try (LabSession lab = on("host")) {
            JsonNode view = lab.view(lab.pair().client());
            assertThat(view.get("route").toString())
                    .isEqualTo(
                            "{\"nextHop\":\"127.0.0.1\",\"interface\":\"lo\","
                                    + "\"source\":\"127.0.0.1\"}");
            assertThat(view.get("neighbour").isNull()).isTrue();
        }
    }

    @Test
    void callsThatWaitAreShownWhileTheyDo() throws Exception {
        try (LabSession lab = on("host")) {
            int listener = lab.listener(5);
            assertThat(lab.view(listener).get("waiting")).isEmpty();
            Thread accepting = Thread.startVirtualThread(() -> lab.accept(listener));
            Await.until(() -> !lab.view(listener).get("waiting").isEmpty());
            JsonNode waiting = lab.view(listener).get("waiting");
            assertThat(waiting).hasSize(1);
            assertThat(waiting.get(0).get("call").stringValue()).isEqualTo("accept");
            assertThat(Instant.parse(waiting.get(0).get("since").stringValue()))
                    .isBeforeOrEqualTo(Instant.now());

            lab.connect(lab.socket(null), lab.name(listener));
            assertThat(accepting.join(Duration.ofSeconds(30))).isTrue();
            assertThat(lab.view(listener).get("waiting")).isEmpty();
        }
    }

    @Test
    void lookingTakesNothingAndClearsNothing() {
        try (LabSession lab = on("host")) {
            LabSession.Pair pair = lab.pair();
            lab.send(pair.client(), 5, "");
            Await.until(() -> buffer(lab.view(pair.server()), "receive", "queued") == 5);
            int refused = lab.nonblocking();
            int listener = lab.listener(1);
            String addr = lab.name(listener);
            lab.close(listener);
            lab.connect(refused, addr);
            lab.views("");
            assertThat(
                            http.get(lab.at(refused) + "/options/SO_ERROR")
                                    .json()
                                    .get("optval")
                                    .intValue())
                    .isEqualTo(111);
            assertThat(lab.recv(pair.server(), 100)).isEqualTo(5);
        }
    }

    @Test
    void theTableHasALineForEachSocket() {
        try (LabSession lab = on("host")) {
            int listener = lab.listener(7);
            String addr = lab.name(listener);
            lab.connect(lab.nonblocking(), addr);
            Http.Answer answer =
                    http.send(http.request(lab.path + "/sockets").header("Accept", "text/plain"));
            assertThat(answer.type()).isEqualTo("text/plain");
            List<String> lines =
                    new String(answer.bytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(lines).hasSize(3);
            assertThat(lines.getFirst().split(" +"))
                    .startsWith("Fd", "Netid", "State", "Recv-Q", "Send-Q", "Syn-Q");
            assertThat(lines.get(1).split(" +"))
                    .containsExactly(
                            Integer.toString(listener),
                            "tcp",
                            "LISTEN",
                            "1",
                            "7",
                            "0",
                            addr,
                            "-",
                            "-");
            assertThat(lines.get(2)).contains("ESTABLISHED").contains(addr);
            assertThat(
                            new String(
                                    http.send(
                                                    http.request(lab.at(listener))
                                                            .header("Accept", "text/plain"))
                                            .bytes(),
                                    StandardCharsets.UTF_8))
                    .hasLineCount(2);
        }
    }

    @Test
    void whatIsNotThereIsSaid() {
        Http.Answer none = http.get(sockets(77));
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.json().get("errno").stringValue()).isEqualTo("EBADF");
        assertThat(http.get(session + "/sockets?all=maybe").json().get("detail").stringValue())
                .isEqualTo("all: true or false is expected here");
        assertThat(http.get(session + "/sockets").json()).isEmpty();
    }

    @Test
    void anUnboundSocketHasWhatTheKernelGivesIt() {
        try (LabSession lab = on("host")) {
            JsonNode view = lab.view(lab.nonblocking());
            assertThat(view.get("state").stringValue()).isEqualTo("CLOSED");
            assertThat(view.get("local").toString())
                    .isEqualTo("{\"family\":\"AF_INET\",\"address\":\"0.0.0.0\",\"port\":0}");
            assertThat(view.get("flags").toString()).isEqualTo("[\"O_NONBLOCK\"]");
            assertThat(view.get("inode").longValue()).isPositive();
            assertThat(view.get("queues").toString())
                    .isEqualTo(
                            "{\"syn\":{\"depth\":null,\"limit\":null},"
                                    + "\"accept\":{\"depth\":null,\"limit\":null},\"dropped\":0}");
        }
    }
}
