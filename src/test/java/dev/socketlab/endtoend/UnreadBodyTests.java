package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that nobody reads, byte by byte: the answer is whole, and what follows is understood. */
class UnreadBodyTests extends LiveServiceTests {
    private static final int MAX = 2 << 20;

    private Socket connection;
    private InputStream in;

    @BeforeEach
    void connect() throws IOException {
        http.post(session + "/sockets", null);
        connection = new Socket("127.0.0.1", port);
        in = new BufferedInputStream(connection.getInputStream());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
    }

    private String send(String method, String path, String fields, int bytes) throws IOException {
        String head =
                "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n"
                        .formatted(method, session + path, port, fields);
        connection.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().write(" ".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
        return method + " " + session + path;
    }

    private String answer(String request) throws IOException {
        return RawAnswer.read(in, request).toString();
    }

    private void assertNextIsUnderstood() throws IOException {
        String request = send("GET", "/sockets/3/getsockname", "", 0);
        assertThat(answer(request)).startsWith("HTTP/1.1 200").contains("\"family\":\"AF_INET\"");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /sockets/3/send, text/plain, 415",
        "POST, /sockets/3/nope, application/json, 404",
        "POST, /sockets/3/getsockname, application/json, 405",
        "GET, /sockets/3/flags, application/json, 200",
        "GET, /sockets/3/options, application/json, 200",
        "DELETE, /sockets/99, application/json, 404",
    })
    void aBodyAsLargeAsMayBeIsReadAwayAndTheConnectionStays(
            String method, String path, String type, int status) throws IOException {
        String fields = "Content-Type: %s\r\nContent-Length: %d\r\n".formatted(type, MAX);
        String answer = answer(send(method, path, fields, MAX));
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer.split("\"status\":", -1).length).as(answer).isLessThanOrEqualTo(2);
        assertNextIsUnderstood();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /sockets/3/send",
        "GET, /sockets/3/flags",
        "DELETE, /sockets/99",
    })
    void aBodyThatIsTooLargeIsAnsweredOnceAndTheConnectionEnds(String method, String path)
            throws IOException {
        String fields = "Content-Type: application/json\r\nContent-Length: " + (MAX + 1) + "\r\n";
        String request = send(method, path, fields, MAX + 1);
        assertThat(answer(request))
                .startsWith("HTTP/1.1 413")
                .containsIgnoringCase("connection: close");
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aBodyWhoseSenderHasBeenToldToGoOnIsReadThoughNobodyWantsIt() throws IOException {
        String fields =
                "Content-Type: application/json\r\nContent-Length: 100000\r\n"
                        + "Expect: 100-continue\r\n";
        String request = send("POST", "/sockets/3/nope", fields, 0);
        assertThat(RawAnswer.head(in)).startsWith("HTTP/1.1 100");
        connection.getOutputStream().write(new byte[100_000]);
        assertThat(answer(request))
                .startsWith("HTTP/1.1 404")
                .containsIgnoringCase("connection: close");
        assertThat(in.read()).as("an end, and no reset").isEqualTo(-1);
    }

    /** Its sender need not send a byte of it to be told. */
    @Test
    void theAnswerComesBeforeTheBody() throws IOException {
        String fields = "Content-Type: application/json\r\nContent-Length: " + (MAX + 1) + "\r\n";
        String request = send("POST", "/sockets/3/send", fields, 0);
        assertThat(answer(request)).startsWith("HTTP/1.1 413");
    }

    @Test
    void aBodyThatIsBrokenIsTheClientsMistake() throws IOException {
        String fields = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
        String request = send("POST", "/sockets/3/send", fields, 0);
        connection.getOutputStream().write("zz\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer(request)).startsWith("HTTP/1.1 400");
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aBodyThatEndsEarlyIsTheClientsMistake() throws IOException {
        String fields = "Content-Type: application/json\r\nContent-Length: 10\r\n";
        String request = send("POST", "/sockets/3/send", fields, 3);
        connection.shutdownOutput();
        assertThat(answer(request)).startsWith("HTTP/1.1 400");
    }
}
