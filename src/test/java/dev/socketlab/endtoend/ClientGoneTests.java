package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.syscall.Calls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A client that goes away while its call waits: nothing is taken from the kernel for it. */
@Timeout(60)
class ClientGoneTests extends LiveServiceTests {
    @Autowired Calls calls;

    private Socket begin(String path, String body) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        String request =
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body;
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        awaitWaiting(1);
        return client;
    }

    private void awaitWaiting(int count) {
        while (calls.waiting() != count) {
            if (Thread.interrupted()) {
                throw new AssertionError("the test's time is over");
            }
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"len\":64} | true",
                "{\"len\":64} | false",
                "{\"len\":4,\"flags\":[\"MSG_WAITALL\"]} | true",
                "{\"len\":4,\"flags\":[\"MSG_WAITALL\"]} | false"
            })
    void theBytesAreTheNextOnes(String body, boolean reset) throws IOException {
        Pair pair = pair();
        Socket client = begin(sockets(pair.server()) + "/recv", body);
        if (reset) {
            client.setSoLinger(true, 0);
        }
        client.close();
        http.post(sockets(pair.client()) + "/send", "{\"data\":\"kept\"}");
        assertThat(http.post(sockets(pair.server()) + "/recv", "{\"len\":64}").json())
                .hasToString("{\"returned\":4,\"data\":\"kept\",\"encoding\":\"utf-8\"}");
        awaitWaiting(0);
    }

    @Test
    void theConnectionIsTheNextOnes() throws IOException {
        int listener = http.listener(session);
        begin(sockets(listener) + "/accept", "{}").close();
        int peer = http.post(session + "/sockets", null).fd();
        String addr = "{\"addr\":\"127.0.0.1:" + http.port(session, listener) + "\"}";
        http.post(sockets(peer) + "/connect", addr);
        Http.Answer accepted = http.post(sockets(listener) + "/accept", null);
        assertThat(accepted.status()).isEqualTo(201);
        assertThat(accepted.json().get("addr").get("port").intValue())
                .isEqualTo(http.port(session, peer));
        awaitWaiting(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theWaitEndsThoughNothingComes(boolean reset) throws IOException {
        Pair pair = pair();
        Socket client = begin(sockets(pair.server()) + "/recv?wait=5m", "{\"len\":1}");
        client.setSoLinger(reset, 0);
        client.close();
        awaitWaiting(0);
    }

    @Test
    void aNewConnectionFromTheSamePortIsNotTheOldClient() throws IOException {
        Pair pair = pair();
        Socket client = begin(sockets(pair.server()) + "/recv?wait=5m", "{\"len\":64}");
        int clientPort = client.getLocalPort();
        client.setSoLinger(true, 0);
        client.close();
        try (Socket again = new Socket()) {
            again.setReuseAddress(true);
            again.bind(new InetSocketAddress("127.0.0.1", clientPort));
            again.connect(new InetSocketAddress("127.0.0.1", port));
            http.post(sockets(pair.client()) + "/send", "{\"data\":\"kept\"}");
            assertThat(http.post(sockets(pair.server()) + "/recv", "{\"len\":64}").json())
                    .hasToString("{\"returned\":4,\"data\":\"kept\",\"encoding\":\"utf-8\"}");
        }
        awaitWaiting(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EPOLLET", "EPOLLONESHOT", "EPOLLEXCLUSIVE"})
    void theEventIsTheNextOnes(String how) throws IOException {
        Pair pair = pair();
        int epoll = http.post(session + "/epolls", null).fd();
        String path = session + "/epolls/" + epoll;
        http.post(
                path + "/ctl",
                "{\"op\":\"EPOLL_CTL_ADD\",\"fd\":%d,\"events\":[\"EPOLLIN\",\"%s\"%s],\"data\":1}"
                        .formatted(
                                pair.server(),
                                how,
                                how.equals("EPOLLEXCLUSIVE") ? ",\"EPOLLET\"" : ""));
        begin(path + "/wait", "{}").close();
        http.post(sockets(pair.client()) + "/send", "{\"data\":\"x\"}");
        assertThat(http.post(path + "/wait", "{\"timeout\":20000}").json())
                .hasToString("{\"returned\":1,\"events\":[{\"events\":[\"EPOLLIN\"],\"data\":1}]}");
        awaitWaiting(0);
    }

    @Test
    void whatItPolledForStays() throws IOException {
        Pair pair = pair();
        begin(session + "/poll", "{\"fds\":[{\"fd\":%d,\"events\":1}]}".formatted(pair.server()))
                .close();
        awaitWaiting(0);
        http.post(sockets(pair.client()) + "/send", "{\"data\":\"x\"}");
        assertThat(http.post(sockets(pair.server()) + "/recv", "{\"len\":9}").json().get("data"))
                .hasToString("\"x\"");
    }
}
