package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests that do not arrive in time, and more sessions than there may be. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "socketlab.web.head-timeout=300ms",
            "socketlab.web.body-timeout=300ms",
            "server.tomcat.connection-timeout=1s",
            "socketlab.session.max-sessions=2"
        })
@Timeout(60)
class SlowRequestTests {
    @LocalServerPort private int port;

    private String answer(boolean trickle) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            if (trickle) {
                Thread.ofVirtual().start(() -> trickle(out));
            }
            return RawAnswer.read(socket.getInputStream(), "POST /api/v1/sessions").toString();
        }
    }

    private static void trickle(OutputStream out) {
        try {
            while (true) {
                out.write(' ');
                LockSupport.parkNanos(10_000_000);
            }
        } catch (IOException _) {
            return; // the server has closed, which is what is waited for
        }
    }

    @Test
    void aBodyThatStopsIs408() throws IOException {
        assertThat(answer(false))
                .startsWith("HTTP/1.1 408")
                .contains("/problems/request/request-timeout");
    }

    @Test
    void aBodyThatTricklesIs408() throws IOException {
        assertThat(answer(true)).startsWith("HTTP/1.1 408");
    }

    @Test
    void aHeadThatTricklesEndsWithItsConnection() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write("GET /actuator/health HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> trickle(out));
            socket.setSoTimeout(30_000);
            try {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (SocketException e) {
                assertThat(e).hasMessageContaining("reset");
            }
        }
    }

    @Test
    void aConnectionThatIsIdleOrWaitsIsNoSlowHead() throws Exception {
        try (Http http = new Http(port)) {
            String session = http.session();
            int fd = http.listener(session);
            assertThat(http.post(session + "/sockets/" + fd + "/accept?wait=2s", null).status())
                    .isEqualTo(409);
            http.delete(session);
        }
    }

    @Test
    void theServiceHasSoManySessionsAndNoMore() {
        try (Http http = new Http(port)) {
            http.session();
            http.session();
            Http.Answer refused = http.post("/api/v1/sessions", null);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().get("type").stringValue()).endsWith("/limit/sessions");
            http.delete("/api/v1/sessions/latest");
            http.session();
        }
    }
}
