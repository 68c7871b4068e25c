package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the head of a request costs, in a service of its own with little memory. */
@Timeout(120)
class RequestHeadMemoryTests {
    private static final int HEADS = 300;
    private static final String HEAD =
            """
            POST /api/v1/sessions HTTP/1.1
            Host: localhost
            Content-Type: application/json
            Content-Length: 2097152

            """
                    .replace("\n", "\r\n");

    /** Their bodies, had they room ahead, would be nearly four times the heap. */
    @Test
    void headsWithoutTheirBodiesHoldNoMemoryForThem() throws Exception {
        ServiceProcess service = ServiceProcess.start("-Xmx160m");
        CompletableFuture<List<String>> rest = service.readOn();
        List<Socket> heads = new ArrayList<>();
        try (Http http = new Http(service.port())) {
            for (int i = 0; i < HEADS; i++) {
                Socket socket = new Socket("127.0.0.1", service.port());
                heads.add(socket);
                socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
            }
            assertThat(http.get("/actuator/health").status()).isEqualTo(200);
            String session = http.session();
            assertThat(http.post(session + "/sockets", null).status()).isEqualTo(201);
            assertThat(http.delete(session).status()).isEqualTo(200);
        } finally {
            for (Socket socket : heads) {
                socket.close();
            }
            assertThat(service.stop(rest)).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
    }
}
