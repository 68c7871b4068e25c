package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The state and the accept queue of UNIX sockets, and on which host a view says that one is. */
@Timeout(60)
class UnixViewTests extends ViewTests {
    private static final List<String> TYPES =
            List.of("SOCK_STREAM", "SOCK_SEQPACKET", "SOCK_DGRAM");

    private static String unix(String type) {
        return "{\"domain\":\"AF_UNIX\",\"type\":\"" + type + "\"}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void whatNobodyHasAcceptedIsInTheAcceptQueue(String network) {
        try (LabSession lab = on(network)) {
            for (String type : TYPES.subList(0, 2)) {
                int listener = lab.socket(unix(type));
                lab.bind(listener, "unix:" + type);
                assertThat(lab.state(listener)).isEqualTo("CLOSED");
                lab.listen(listener, 7);
                int first = lab.socket(unix(type));
                int second = lab.socket(unix(type));
                LabSession.ok(lab.connect(first, "unix:" + type));
                LabSession.ok(lab.connect(second, "unix:" + type));
                assertThat(queue(lab.view(listener), "accept", "depth")).isEqualTo(2);
                assertThat(queue(lab.view(listener), "accept", "limit")).isEqualTo(7);
                assertThat(lab.view(listener).at("/queues/syn/depth").isNull()).isTrue();
                assertThat(inState(lab, List.of(first, second), "ESTABLISHED")).isEqualTo(2);

                int accepted = lab.accept(listener);
                assertThat(queue(lab.view(listener), "accept", "depth")).isEqualTo(1);
                assertThat(lab.state(accepted)).isEqualTo("ESTABLISHED");
                lab.shutdown(listener, "SHUT_RDWR");
                assertThat(lab.state(listener)).as("as Linux has it").isEqualTo("LISTEN");
                assertThat(table(lab, listener)).containsSubsequence("LISTEN", "1", "7", "-");
            }
        }
    }

    private List<String> table(LabSession lab, int fd) {
        Http.Answer answer = http.send(http.request(lab.at(fd)).header("Accept", "text/plain"));
        String text = new String(answer.bytes(), StandardCharsets.UTF_8);
        return List.of(text.lines().toList().getLast().trim().split(" +"));
    }

    /** Of every type: not connected, bound, connected to, paired, its peer closed. */
    private static List<Integer> sockets(LabSession lab, Http http) {
        List<Integer> fds = new ArrayList<>();
        for (String type : TYPES) {
            fds.add(lab.socket(unix(type)));
            int bound = lab.socket(unix(type));
            lab.bind(bound, "unix:" + type);
            fds.add(bound);
            if (type.equals("SOCK_DGRAM")) {
                int connected = lab.socket(unix(type));
                LabSession.ok(lab.connect(connected, "unix:" + type));
                lab.send(connected, 100, "");
                fds.add(connected);
            } else {
                lab.listen(bound, 3);
                for (int i = 0; i < 2; i++) {
                    int client = lab.socket(unix(type));
                    LabSession.ok(lab.connect(client, "unix:" + type));
                    fds.add(client);
                }
                fds.add(lab.accept(bound));
            }
            JsonNode pair = LabSession.ok(http.post(lab.path + "/socketpairs", unix(type))).json();
            int left = pair.at("/sv/0").intValue();
            int right = pair.at("/sv/1").intValue();
            lab.send(left, 500, "");
            lab.shutdown(left, "SHUT_RD");
            fds.addAll(List.of(left, right));
            pair = LabSession.ok(http.post(lab.path + "/socketpairs", unix(type))).json();
            lab.close(pair.at("/sv/1").intValue());
            fds.add(pair.at("/sv/0").intValue());
        }
        return fds;
    }

    @Test
    void statesAndQueuesAreThoseOfSs() throws IOException {
        http.assumeCapability("isolated");
        assumeTrue(run(List.of("nsenter", "--version")).contains("util-linux"));
        assumeTrue(run(List.of("ss", "--version")).contains("iproute2"), "ss is not installed");
        try (LabSession lab = on("isolated")) {
            String namespace = Namespaces.of(lab, "localhost");
            List<Integer> fds = sockets(lab, http);
            String list = run(List.of("nsenter", "--net=" + namespace, "ss", "-xaOH"));
            List<String> ours = new ArrayList<>();
            List<String> theirs = new ArrayList<>();
            for (int fd : fds) {
                String inode = lab.view(fd).get("inode").toString();
                ours.add(fd + " " + String.join(" ", table(lab, fd).subList(1, 5)));
                theirs.add(fd + " " + ofSs(list, inode));
            }
            assertThat(ours).isEqualTo(theirs);
            assertThat(fds).hasSize(22);
        }
    }

    /** Its kind, state and queues; a state by the name that it has here. */
    private static String ofSs(String list, String inode) {
        return list.lines()
                .map(line -> line.trim().split(" +"))
                .filter(columns -> columns[5].equals(inode))
                .map(columns -> String.join(" ", List.of(columns).subList(0, 4)))
                .map(line -> line.replace("ESTAB", "ESTABLISHED").replace("UNCONN", "CLOSED"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aViewNamesTheHostAsTheSessionDoes() {
        for (String network : List.of("host", "isolated")) {
            try (LabSession lab = on(network)) {
                JsonNode hosts = lab.shown().get("hosts");
                String name = hosts.isEmpty() ? "null" : hosts.get(0).get("name").toString();
                lab.socket(null);
                lab.socket(unix("SOCK_STREAM"));
                LabSession.ok(http.post(lab.path + "/socketpairs", unix("SOCK_DGRAM")));
                LabSession.ok(http.post(lab.path + "/epolls", "{}"));
                assertThat(lab.views("").valueStream().map(one -> one.get("host").toString()))
                        .as(network)
                        .hasSize(5)
                        .containsOnly(name);
            }
        }
    }

    @Test
    void aUnixSocketIsOnTheHostThatItWasMadeOn() {
        http.assumeCapability("interfaces");
        try (LabSession lab = LabSession.of(http, "client", "server")) {
            int fd = lab.socket("{\"domain\":\"AF_UNIX\",\"host\":\"server\"}");
            lab.bind(fd, "unix:l");
            lab.listen(fd, 1);
            int other = lab.socket(unix("SOCK_STREAM"));
            LabSession.ok(lab.connect(other, "unix:l"));
            assertThat(lab.view(fd).get("host").stringValue()).isEqualTo("server");
            assertThat(lab.state(fd)).isEqualTo("LISTEN");
            assertThat(queue(lab.view(fd), "accept", "depth")).isEqualTo(1);
            assertThat(lab.view(other).get("host").stringValue()).isEqualTo("client");
            assertThat(lab.state(other)).isEqualTo("ESTABLISHED");
        }
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
