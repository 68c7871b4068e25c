package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The states of a connection, and what is left of it. */
@Timeout(60)
class StateViewTests extends ViewTests {
    @ParameterizedTest
    @ValueSource(strings = {"host", "isolated"})
    void aConnectionEndsThroughTheStatesOfTheRfc(String network) {
        try (LabSession lab = on(network)) {
            LabSession.Pair pair = lab.pair();
            lab.shutdown(pair.client());
            Await.until(() -> lab.state(pair.client()).equals("FIN-WAIT-2"));
            assertThat(lab.state(pair.server())).isEqualTo("CLOSE-WAIT");
            JsonNode peer = lab.view(pair.client()).get("peer");

            lab.close(pair.server());
            Await.until(() -> lab.state(pair.client()).equals("TIME-WAIT"));
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
            Await.until(() -> lab.state(other.client()).equals("CLOSE-WAIT"));
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
            Await.until(() -> lab.views("?all=true").size() == 2);
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
            Await.until(() -> inState(lab, clients, "TIME-WAIT") == 5);
        }
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
            Await.until(() -> one.state(reset).equals("CLOSED"));

            int client = other.socket(null);
            other.set(client, "SO_REUSEADDR", 1);
            other.bind(client, local);
            LabSession.ok(other.connect(client, one.name(listener)));
            int accepted = one.accept(listener);
            other.shutdown(client);
            one.close(accepted);
            Await.until(() -> other.state(client).equals("TIME-WAIT"));
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
            Await.until(() -> queue(lab.view(listener), "syn", "depth") == 1);
            assertThat(lab.view(client).get("route").get("interface").stringValue())
                    .isEqualTo("eth0");

            lab.send(client, 1, "");
            int server = lab.accept(listener);
            assertThat(lab.recv(server, 9)).isEqualTo(1);
            lab.shutdown(client);
            lab.close(server);
            Await.until(() -> lab.state(client).equals("TIME-WAIT"));
            assertThat(lab.views("?all=true"))
                    .as("the connection in TIME-WAIT is the client's, and listed once")
                    .hasSize(2);
        }
    }
}
