package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sockets of a session against programs that know nothing of it. */
@Timeout(120)
class RealPeerTests extends LiveServiceTests {
    private static final Pattern SERVING = Pattern.compile("http://127\\.0\\.0\\.1:([0-9]+)/");

    @TempDir Path directory;

    @Test
    void aSessionFetchesAPageFromAnHttpServer() throws Exception {
        Path jwebserver = Path.of(System.getProperty("java.home"), "bin", "jwebserver");
        assumeTrue(Files.isExecutable(jwebserver), jwebserver + " is not there");
        Files.writeString(directory.resolve("page.txt"), "a page of another server\n");
        Process server =
                new ProcessBuilder(
                                jwebserver.toString(),
                                "-p",
                                "0",
                                "-d",
                                directory.toRealPath().toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            int serverPort = servingPort(server);
            int fd = http.post(session + "/sockets", null).fd();
            String addr = "{\"addr\":\"127.0.0.1:" + serverPort + "\"}";
            assertThat(http.post(sockets(fd) + "/connect", addr).status()).isEqualTo(200);
            http.post(
                    sockets(fd) + "/send",
                    "{\"data\":\"GET /page.txt HTTP/1.0\\r\\nHost: x\\r\\n\\r\\n\"}");
            assertThat(receiveAll(fd)).startsWith("HTTP/1.").endsWith("a page of another server\n");
        } finally {
            server.destroy();
            assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void curlIsAcceptedReadAndAnsweredAndPrintsThePage() throws Exception {
        assumeTrue(exists("curl"), "curl is not installed");
        int listener = http.listener(session);
        Process curl =
                new ProcessBuilder(
                                "curl",
                                "-sS",
                                "--noproxy",
                                "*",
                                "http://127.0.0.1:" + http.port(session, listener) + "/hello")
                        .redirectErrorStream(true)
                        .start();
        int connection = http.post(sockets(listener) + "/accept", null).fd();
        StringBuilder request = new StringBuilder();
        while (!request.toString().contains("\r\n\r\n")) {
            request.append(
                    http.post(sockets(connection) + "/recv", "{\"len\":4096}")
                            .json()
                            .get("data")
                            .stringValue());
        }
        assertThat(request.toString()).startsWith("GET /hello HTTP/1.1\r\n");
        http.post(
                sockets(connection) + "/send",
                "{\"data\":\"HTTP/1.1 200 OK\\r\\nContent-Length: 11\\r\\n\\r\\nfrom a lab\\n\"}");
        http.delete(sockets(connection));
        String printed = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).isEqualTo("from a lab\n");
        assertThat(curl.exitValue()).isZero();
    }

    private String receiveAll(int fd) {
        StringBuilder all = new StringBuilder();
        while (true) {
            var received = http.post(sockets(fd) + "/recv", "{\"len\":4096}").json();
            if (received.get("returned").intValue() == 0) {
                return all.toString();
            }
            all.append(received.get("data").stringValue());
        }
    }

    private static int servingPort(Process server) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher matcher = SERVING.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("the server ended before it was serving");
    }

    private static boolean exists(String program) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (IOException _) {
            return false;
        }
    }
}
