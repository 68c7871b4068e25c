package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each figure of a socket's view, moved by making the kernel move it. */
@Timeout(60)
class SocketViewTests extends LiveServiceTests {
    private LabSession on(String network) {
        if (network.equals("isolated")) {
            http.assumeCapability("isolated");
        }
        return LabSession.on(http, network);
    }

    private static long queue(JsonNode view, String name, String figure) {
        return view.get("queues").get(name).get(figure).longValue();
    }

    private static long buffer(JsonNode view, String name, String figure) {
        return view.get("buffers").get(name).get(figure).longValue();
    }

    private static long tcp(JsonNode view, String field) {
        return view.get("tcp").get(field).longValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void sixClientsFillAnAcceptQueueOfTwoWithThreeAndTheOthersStayInSynSent(String network) {
        try (LabSession lab = on(network)) {
            int listener = lab.listener(2);
            JsonNode before = lab.view(listener);
            assertThat(before.get("state").stringValue()).isEqualTo("LISTEN");
            assertThat(queue(before, "accept", "depth")).isZero();
            assertThat(queue(before, "accept", "limit")).isEqualTo(2);
            List<Integer> clients = connecting(lab, listener, 6);

            LabSession.await(() -> inState(lab, clients, "ESTABLISHED") == 3);
            JsonNode full = lab.view(listener);
            assertThat(queue(full, "accept", "depth")).isEqualTo(3);
            assertThat(queue(full, "accept", "limit")).isEqualTo(2);
            assertThat(inState(lab, clients, "SYN-SENT")).isEqualTo(3);
            assertThat(full.get("queues").get("dropped").longValue()).isGreaterThanOrEqualTo(3);
            assertThat(counter(full, "ListenOverflows") - counter(before, "ListenOverflows"))
                    .isGreaterThanOrEqualTo(3);
            assertThat(counter(full, "ListenDrops") - counter(before, "ListenDrops"))
                    .isGreaterThanOrEqualTo(3);
            assertThat(lab.view(clients.getLast()).get("peer").get("port"))
                    .isEqualTo(full.get("local").get("port"));

            lab.accept(listener);
            assertThat(queue(lab.view(listener), "accept", "depth")).isLessThan(3);
        }
    }

    private static long counter(JsonNode view, String name) {
        return view.get("netstat").get(name).longValue();
    }

    private static List<Integer> connecting(LabSession lab, int listener, int count) {
        String addr = lab.name(listener);
        List<Integer> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int client = lab.nonblocking();
            lab.connect(client, addr);
            clients.add(client);
        }
        return clients;
    }

    private static long inState(LabSession lab, List<Integer> fds, String state) {
        return fds.stream().filter(fd -> lab.state(fd).equals(state)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void requestsStayInTheSynQueueUntilTheirDataComes(String network) {
        try (LabSession lab = on(network)) {
            int listener = lab.listener(5);
            lab.set(listener, "TCP_DEFER_ACCEPT", 30);
            List<Integer> clients = connecting(lab, listener, 3);

            LabSession.await(() -> queue(lab.view(listener), "syn", "depth") == 3);
            assertThat(queue(lab.view(listener), "syn", "limit")).isEqualTo(5);
            assertThat(queue(lab.view(listener), "accept", "depth")).isZero();
            assertThat(inState(lab, clients, "ESTABLISHED")).isEqualTo(3);

            lab.send(clients.getFirst(), 1, "");
            LabSession.await(() -> queue(lab.view(listener), "accept", "depth") == 1);
            assertThat(queue(lab.view(listener), "syn", "depth")).isEqualTo(2);
        }
    }

    /** The accept queue is made smaller than the SYN queue, so what is sent then finds no room. */
    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void whatNobodyAcknowledgesIsUnackedAndWhatTheWindowKeepsBackIsUnsent(String network) {
        try (LabSession lab = on(network)) {
            int listener = lab.listener(1);
            lab.set(listener, "TCP_DEFER_ACCEPT", 30);
            List<Integer> clients = connecting(lab, listener, 2);
            LabSession.await(() -> queue(lab.view(listener), "syn", "depth") == 2);
            lab.listen(listener, 0);
            lab.send(clients.getFirst(), 1, "");
            LabSession.await(() -> queue(lab.view(listener), "accept", "depth") == 1);

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

            LabSession.await(() -> tcp(lab.view(pair.client()), "snd_wnd") == 0);
            JsonNode sender = lab.view(pair.client());
            JsonNode reader = lab.view(pair.server());
            assertThat(buffer(sender, "send", "queued") + buffer(reader, "receive", "queued"))
                    .isEqualTo(sent);
            assertThat(buffer(sender, "send", "unsent")).isPositive();
            assertThat(buffer(sender, "send", "memory")).isPositive();
            assertThat(buffer(reader, "receive", "memory"))
                    .isGreaterThanOrEqualTo(buffer(reader, "receive", "queued"));
            assertThat(buffer(reader, "receive", "capacity"))
                    .isEqualTo(option(lab, pair.server(), "SO_RCVBUF"));
            assertThat(buffer(sender, "send", "capacity"))
                    .isEqualTo(option(lab, pair.client(), "SO_SNDBUF"));

            for (int left = sent; left > 0; ) {
                left -= lab.recv(pair.server(), 1 << 20);
            }
            LabSession.await(() -> buffer(lab.view(pair.client()), "send", "queued") == 0);
            assertThat(buffer(lab.view(pair.server()), "receive", "queued")).isZero();
        }
    }

    private long option(LabSession lab, int fd, String name) {
        return http.get(lab.at(fd) + "/options/" + name).json().get("optval").longValue();
    }

    /** Sends until nothing more goes in: how much did. Part of the last one, as a rule. */
    private static int fill(LabSession lab, int fd) {
        int sent = 0;
        while (true) {
            Http.Answer answer = lab.send(fd, 300_000, "\"MSG_DONTWAIT\"");
            if (answer.status() != 200) {
                assertThat(answer.json().get("errno").stringValue()).isEqualTo("EAGAIN");
                return sent;
            }
            sent += lab.returned(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void aConnectionEndsThroughTheStatesOfTheRfc(String network) {
        try (LabSession lab = on(network)) {
            LabSession.Pair pair = lab.pair();
            lab.shutdown(pair.client());
            LabSession.await(() -> lab.state(pair.client()).equals("FIN-WAIT-2"));
            assertThat(lab.state(pair.server())).isEqualTo("CLOSE-WAIT");
            JsonNode peer = lab.view(pair.client()).get("peer");

            lab.close(pair.server());
            LabSession.await(() -> lab.state(pair.client()).equals("TIME-WAIT"));
            JsonNode last = lab.view(pair.client());
            assertThat(last.get("peer")).isEqualTo(peer);
            assertThat(last.get("tcp").get("state").stringValue())
                    .as("the socket itself is closed: the connection goes on without it")
                    .isEqualTo("CLOSE");
        }
    }

    @Test
    void dataThatCannotBeSentHoldsTheFinBack() {
        try (LabSession lab = on("host")) {
            LabSession.Pair pair = lab.pair();
            fill(lab, pair.client());
            lab.shutdown(pair.client());
            assertThat(lab.state(pair.client())).isEqualTo("FIN-WAIT-1");
            LabSession.Pair other = lab.pair();
            fill(lab, other.client());
            lab.shutdown(other.server());
            LabSession.await(() -> lab.state(other.client()).equals("CLOSE-WAIT"));
            lab.shutdown(other.client());
            assertThat(lab.state(other.client())).isEqualTo("LAST-ACK");
        }
    }

    @Test
    void aResetOrRefusedConnectionIsClosedAndHasNoPeer() {
        try (LabSession lab = on("host")) {
            int listener = lab.listener(1);
            String addr = lab.name(listener);
            lab.close(listener);
            int client = lab.socket(null);
            assertThat(lab.connect(client, addr).status()).isEqualTo(424);
            JsonNode view = lab.view(client);
            assertThat(view.get("state").stringValue()).isEqualTo("CLOSED");
            assertThat(view.get("peer").isNull()).isTrue();
            assertThat(view.get("route").isNull()).isTrue();
        }
    }

    @Test
    void whatNoDescriptorRefersToIsListedWhenAskedFor() {
        http.assumeCapability("isolated");
        try (LabSession lab = on("isolated")) {
            int listener = lab.listener(5);
            int client = lab.socket(null);
            lab.connect(client, lab.name(listener));
            assertThat(lab.views("")).hasSize(2);
            JsonNode waiting = lab.views("?all=true").get(2);
            assertThat(waiting.get("fd").isNull()).isTrue();
            assertThat(waiting.get("inode").isNull()).isTrue();
            assertThat(waiting.get("state").stringValue()).isEqualTo("ESTABLISHED");
            assertThat(waiting.get("local")).isEqualTo(lab.view(client).get("peer"));

            int server = lab.accept(listener);
            lab.close(client);
            lab.close(server);
            LabSession.await(() -> lab.views("?all=true").size() == 2);
            assertThat(lab.views("?all=true").get(1).get("state").stringValue())
                    .isEqualTo("TIME-WAIT");
        }
    }

    @Test
    void onTheMachinesNetworkOthersSocketsAreNobodysBusiness() {
        try (LabSession one = on("host");
                LabSession other = on("host")) {
            int fd = one.listener(5);
            other.listener(5);
            assertThat(one.views("")).hasSize(1);
            assertThat(one.views("").get(0).get("fd").intValue()).isEqualTo(fd);
            Http.Answer refused = http.get(one.path + "/sockets?all=true");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.json().get("detail").stringValue()).contains("machine's network");
        }
    }

    /** Two sessions share a port: whose a request is, the kernel does not say. */
    @Test
    void aSynQueueThatCannotBeToldFromAnothersIsNull() {
        try (LabSession one = on("host");
                LabSession other = on("host")) {
            int first = one.socket(null);
            one.set(first, "SO_REUSEPORT", 1);
            one.bind(first, "127.0.0.1:0");
            one.listen(first, 5);
            one.set(first, "TCP_DEFER_ACCEPT", 30);
            assertThat(queue(one.view(first), "syn", "depth")).isZero();
            int second = other.socket(null);
            other.set(second, "SO_REUSEPORT", 1);
            other.bind(second, one.name(first));
            other.listen(second, 5);
            other.set(second, "TCP_DEFER_ACCEPT", 30);
            connecting(one, first, 3);
            LabSession.await(() -> one.view(first).get("queues").get("syn").get("depth").isNull());
            assertThat(other.view(second).get("queues").get("syn").get("depth").isNull()).isTrue();
        }
    }

    /** The kernel keeps them for some seconds, and does not say that they are over. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRequestsOfAClosedListenerAreNotTheNextOnes(boolean closed) {
        try (LabSession one = on("host");
                LabSession other = on("host")) {
            int first = one.listener(5);
            String addr = one.name(first);
            one.set(first, "TCP_DEFER_ACCEPT", 30);
            connecting(one, first, 3);
            LabSession.await(() -> queue(one.view(first), "syn", "depth") == 3);
            if (closed) {
                one.close(first);
            } else {
                one.shutdown(first, "SHUT_RD");
            }
            int next = other.socket(null);
            other.bind(next, addr);
            other.listen(next, 5);
            other.set(next, "TCP_DEFER_ACCEPT", 30);
            assertThat(queue(other.view(next), "syn", "depth")).isZero();
            connecting(other, next, 2);
            LabSession.await(() -> queue(other.view(next), "syn", "depth") == 2);
        }
    }

    @Test
    void aSocketThatListensAgainHasItsRequestsAgain() {
        try (LabSession lab = on("host")) {
            int found = lab.listener(1);
            String addr = lab.name(found);
            lab.close(found);
            int listener = lab.socket(null);
            lab.bind(listener, addr); // a port that was asked for is kept when it listens no more
            lab.listen(listener, 5);
            lab.set(listener, "TCP_DEFER_ACCEPT", 30);
            connecting(lab, listener, 3);
            LabSession.await(() -> queue(lab.view(listener), "syn", "depth") == 3);
            lab.shutdown(listener, "SHUT_RD");
            lab.listen(listener, 5);
            assertThat(queue(lab.view(listener), "syn", "depth")).isEqualTo(3);
        }
    }

    @Test
    void severalConnectionsCanBeInTimeWait() {
        try (LabSession lab = on("isolated")) {
            List<Integer> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                LabSession.Pair pair = lab.pair();
                lab.shutdown(pair.client());
                lab.close(pair.server());
                clients.add(pair.client());
            }
            LabSession.await(() -> inState(lab, clients, "TIME-WAIT") == 5);
        }
    }

    /** What is left when one of two that shared a port is closed may be the other's. */
    @Test
    void theRequestsOfOneOfTwoThatSharedAPortStayUnclear() {
        try (LabSession lab = on("host")) {
            int first = sharing(lab, "127.0.0.1:0");
            String addr = lab.name(first);
            int second = sharing(lab, addr);
            connecting(lab, first, 3);
            LabSession.await(() -> synDepth(lab, second).isNull());
            lab.close(first);
            assertThat(synDepth(lab, second).isNull()).isTrue();
        }
    }

    private static JsonNode synDepth(LabSession lab, int fd) {
        return lab.view(fd).get("queues").get("syn").get("depth");
    }

    private static int sharing(LabSession lab, String addr) {
        int fd = lab.socket(null);
        lab.set(fd, "SO_REUSEPORT", 1);
        lab.bind(fd, addr);
        lab.listen(fd, 5);
        lab.set(fd, "TCP_DEFER_ACCEPT", 30);
        return fd;
    }

    /** The same addresses and ports, another connection. */
    @Test
    void anothersTimeWaitIsNotShown() {
        try (LabSession one = on("host");
                LabSession other = on("host")) {
            int listener = one.listener(5);
            int reset = one.socket(null);
            one.set(reset, "SO_REUSEADDR", 1);
            one.bind(reset, "127.0.0.1:0");
            String local = one.name(reset);
            LabSession.ok(one.connect(reset, one.name(listener)));
            int server = one.accept(listener);
            LabSession.ok(
                    http.send(
                            "PUT",
                            one.at(server) + "/options/SO_LINGER",
                            "{\"optval\":{\"l_onoff\":1,\"l_linger\":0}}"));
            one.close(server);
            LabSession.await(() -> one.state(reset).equals("CLOSED"));

            int client = other.socket(null);
            other.set(client, "SO_REUSEADDR", 1);
            other.bind(client, local);
            LabSession.ok(other.connect(client, one.name(listener)));
            int accepted = one.accept(listener);
            other.shutdown(client);
            one.close(accepted);
            LabSession.await(() -> other.state(client).equals("TIME-WAIT"));
            assertThat(one.state(reset)).isEqualTo("CLOSED");
            assertThat(one.view(reset).get("peer").isNull()).isTrue();
        }
    }

    @Test
    void linkLocalPeersAndBoundInterfacesAreNoDifferent() {
        http.assumeCapability("interfaces");
        try (LabSession lab = LabSession.of(http, "client", "server")) {
            String mac = lab.shown().get("hosts").get(1).get("mac").stringValue();
            assertThat(mac).isEqualTo("02:00:00:00:00:02");
            int listener = lab.socket(on("server", "AF_INET6"));
            lab.bind(listener, "[::]:80");
            lab.set(listener, "TCP_DEFER_ACCEPT", 30);
            lab.listen(listener, 5);
            int client = lab.socket(on("client", "AF_INET6"));
            String peer =
                    "{\"addr\":{\"family\":\"AF_INET6\",\"address\":\"fe80::ff:fe00:2\","
                            + "\"port\":80,\"scope_id\":2}}";
            LabSession.ok(http.post(lab.at(client) + "/connect", peer));
            LabSession.await(() -> queue(lab.view(listener), "syn", "depth") == 1);
            assertThat(lab.view(client).get("route").get("interface").stringValue())
                    .isEqualTo("eth0");

            lab.send(client, 1, "");
            int server = lab.accept(listener);
            assertThat(lab.recv(server, 9)).isEqualTo(1);
            lab.shutdown(client);
            lab.close(server);
            LabSession.await(() -> lab.state(client).equals("TIME-WAIT"));
            assertThat(lab.views("?all=true"))
                    .as("the connection in TIME-WAIT is the client's, and listed once")
                    .hasSize(2);
        }
    }

    @Test
    void aResetLeavesNothingToSend() {
        try (LabSession lab = on("host")) {
            LabSession.Pair pair = lab.pair();
            fill(lab, pair.client());
            lab.close(pair.server()); // with bytes unread: a reset
            LabSession.await(() -> lab.state(pair.client()).equals("CLOSED"));
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

    private static String on(String host, String domain) {
        return "{\"host\":\"%s\",\"domain\":\"%s\"}".formatted(host, domain);
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
            LabSession.await(() -> !lab.view(listener).get("waiting").isEmpty());
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
            LabSession.await(() -> buffer(lab.view(pair.server()), "receive", "queued") == 5);
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
