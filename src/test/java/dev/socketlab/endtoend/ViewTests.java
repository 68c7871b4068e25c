package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What tests of a socket's view have in common. */
abstract class ViewTests extends LiveServiceTests {
    LabSession on(String network) {
        if (network.equals("isolated")) {
            http.assumeCapability("isolated");
        }
        return LabSession.on(http, network);
    }

    static long queue(JsonNode view, String name, String figure) {
        return view.get("queues").get(name).get(figure).longValue();
    }

    static long buffer(JsonNode view, String name, String figure) {
        return view.get("buffers").get(name).get(figure).longValue();
    }

    static long tcp(JsonNode view, String field) {
        return view.get("tcp").get(field).longValue();
    }

    static List<Integer> connecting(LabSession lab, int listener, int count) {
        String addr = lab.name(listener);
        List<Integer> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int client = lab.nonblocking();
            lab.connect(client, addr);
            clients.add(client);
        }
        return clients;
    }

    static long inState(LabSession lab, List<Integer> fds, String state) {
        return fds.stream().filter(fd -> lab.state(fd).equals(state)).count();
    }

    /** Sends until nothing more goes in: how much did. Part of the last one, as a rule. */
    static int fill(LabSession lab, int fd) {
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

    static String on(String host, String domain) {
        return "{\"host\":\"%s\",\"domain\":\"%s\"}".formatted(host, domain);
    }
}
