package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that nobody reads, byte by byte: the answer is whole, and what follows is understood. */
class UnreadBodyTests extends LiveServiceTests {
    private static final int MAX = 2 << 20;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

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

    private void send(String method, String path, String fields, int bytes) throws IOException {
        String head =
                "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n"
                        .formatted(method, session + path, port, fields);
        connection.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().write(" ".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }

    private StringBuilder head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the connection has ended after: %s", head).isNotNegative();
            head.append((char) next);
        }
        return head;
    }

    /** The next answer, by its own Content-Length or chunks. */
    private String answer() throws IOException {
        StringBuilder head = head();
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            head.append(text(Integer.parseInt(length.group(1))));
            return head.toString();
        }
        assertThat(head).containsIgnoringCase("transfer-encoding: chunked");
        for (int size = chunk(); size > 0; size = chunk()) {
            head.append(text(size));
            text(2);
        }
        text(2);
        return head.toString();
    }

    private int chunk() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("the connection has ended in a chunk").isNotNegative();
            line.append((char) next);
        }
        return Integer.parseInt(line.toString().trim(), 16);
    }

    private String text(int bytes) throws IOException {
        byte[] read = in.readNBytes(bytes);
        assertThat(read).hasSize(bytes);
        return new String(read, StandardCharsets.UTF_8);
    }

    private void assertNextIsUnderstood() throws IOException {
        send("GET", "/sockets/3/getsockname", "", 0);
        assertThat(answer()).startsWith("HTTP/1.1 200").contains("\"family\":\"AF_INET\"");
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
        send(method, path, fields, MAX);
        String answer = answer();
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
        send(method, path, fields, MAX + 1);
        assertThat(answer()).startsWith("HTTP/1.1 413").containsIgnoringCase("connection: close");
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aBodyWhoseSenderHasBeenToldToGoOnIsReadThoughNobodyWantsIt() throws IOException {
        String fields =
                "Content-Type: application/json\r\nContent-Length: 100000\r\n"
                        + "Expect: 100-continue\r\n";
        send("POST", "/sockets/3/nope", fields, 0);
        assertThat(head()).startsWith("HTTP/1.1 100");
        connection.getOutputStream().write(new byte[100_000]);
        assertThat(answer()).startsWith("HTTP/1.1 404").containsIgnoringCase("connection: close");
        assertThat(in.read()).as("an end, and no reset").isEqualTo(-1);
    }

    /** Its sender need not send a byte of it to be told. */
    @Test
    void theAnswerComesBeforeTheBody() throws IOException {
        String fields = "Content-Type: application/json\r\nContent-Length: " + (MAX + 1) + "\r\n";
        send("POST", "/sockets/3/send", fields, 0);
        assertThat(answer()).startsWith("HTTP/1.1 413");
    }

    @Test
    void aBodyThatIsBrokenIsTheClientsMistake() throws IOException {
        String fields = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
        send("POST", "/sockets/3/send", fields, 0);
        connection.getOutputStream().write("zz\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer()).startsWith("HTTP/1.1 400");
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void aBodyThatEndsEarlyIsTheClientsMistake() throws IOException {
        String fields = "Content-Type: application/json\r\nContent-Length: 10\r\n";
        send("POST", "/sockets/3/send", fields, 3);
        connection.shutdownOutput();
        assertThat(answer()).startsWith("HTTP/1.1 400");
    }
}
