package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the service logs, in a process of its own. */
@Timeout(120)
class LogTests {
    private static final String MARKER = "XYZZYmarker";

    private static void callsWithTheMarker(Http http) {
        String session =
                "/api/v1/sessions/"
                        + http.post(
                                        "/api/v1/sessions",
                                        "{\"name\":\"" + MARKER + "\",\"network\":\"host\"}")
                                .json()
                                .get("id")
                                .stringValue();
        int listener = http.listener(session);
        int port = http.port(session, listener);
        int client = http.post(session + "/sockets", null).fd();
        String sockets = session + "/sockets/";
        http.post(sockets + client + "/connect", "{\"addr\":\"127.0.0.1:" + port + "\"}");
        int server = http.post(sockets + listener + "/accept", null).fd();
        http.post(sockets + client + "/send", "{\"data\":\"" + MARKER + "\"}");
        http.post(sockets + server + "/recv", "{\"len\":100}");
        http.post(sockets + client + "/send", "{\"data\":\"" + MARKER + "\",\"wrong\":1}");
        http.post(sockets + client + "/send", "{\"" + MARKER);
        http.post(sockets + 99 + "/send", "{\"data\":\"" + MARKER + "\"}");
        http.send(
                "PUT",
                sockets + client + "/options/TCP_CONGESTION",
                "{\"optval\":\"" + MARKER + "\"}");
        http.get("/swagger-ui/../" + MARKER);
        http.get("/" + MARKER + "?" + MARKER + "=1");
        http.post(session + "/getaddrinfo", "{\"node\":\"" + MARKER + ".invalid\"}");
        http.delete(session);
    }

    @Test
    void aStartIsOneLineWithTheAddressAndCallsAreNone() throws Exception {
        ServiceProcess service = ServiceProcess.start();
        CompletableFuture<List<String>> rest = service.readOn();
        try (Http http = new Http(service.port())) {
            assertThat(http.get("/").status()).isEqualTo(200);
            callsWithTheMarker(http);
        }
        assertThat(service.stop(rest))
                .singleElement()
                .asString()
                .contains(" INFO ", "http://127.0.0.1:" + service.port() + "/");
    }

    @Test
    void noBytesOfUsersAreLoggedEvenAtTrace() throws Exception {
        ServiceProcess service =
                ServiceProcess.start(
                        "--logging.level.root=trace", "--logging.level.dev.socketlab=trace");
        CompletableFuture<List<String>> rest = service.readOn();
        try (Http http = new Http(service.port())) {
            callsWithTheMarker(http);
        }
        assertThat(service.stop(rest))
                .hasSizeGreaterThan(100)
                .noneMatch(line -> line.contains(MARKER))
                .noneMatch(line -> line.contains(MARKER.toLowerCase()))
                .noneMatch(line ->
                        line.contains(Base64.getEncoder().encodeToString(MARKER.getBytes())));
    }
}
