package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A service as it starts with no settings, and one session of it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class LiveServiceTests {
    @LocalServerPort int port;

    Http http;
    String session;

    @BeforeEach
    void begin() {
        http = new Http(port);
        session = http.session();
    }

    @AfterEach
    void end() {
        assertThat(http.delete(session).status()).isIn(200, 404);
        http.close();
    }

    String sockets(int fd) {
        return session + "/sockets/" + fd;
    }

    /** Two connected sockets of the session. */
    record Pair(int client, int server) {}

    Pair pair() {
        int listener = http.listener(session);
        int client = http.post(session + "/sockets", null).fd();
        String addr = "{\"addr\":\"127.0.0.1:" + http.port(session, listener) + "\"}";
        assertThat(http.post(sockets(client) + "/connect", addr).status()).isEqualTo(200);
        int server = http.post(sockets(listener) + "/accept", null).fd();
        http.delete(sockets(listener));
        return new Pair(client, server);
    }
}
