package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.SocketLabApplication;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM with calls waiting: each gets an answer, and the process ends. */
@Timeout(120)
class ShutdownTests {
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port ([0-9]+)");

    @Test
    void waitsEndWithAnAnswerAndTheProcessIsGone() throws Exception {
        Process service =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                SocketLabApplication.class.getName(),
                                "--server.port=0",
                                "--logging.level.org.springframework.boot.tomcat=info")
                        .redirectErrorStream(true)
                        .start();
        try {
            BufferedReader log =
                    new BufferedReader(
                            new InputStreamReader(
                                    service.getInputStream(), StandardCharsets.UTF_8));
            int port = awaitStarted(log);
            CompletableFuture<List<String>> rest =
                    CompletableFuture.supplyAsync(() -> log.lines().toList());
            try (Http http = new Http(port)) {
                terminateWithCallsWaiting(service, http, port);
            }
            assertThat(service.waitFor(10, TimeUnit.SECONDS)).as("gone within 10 s").isTrue();
            assertThat(service.exitValue()).isEqualTo(143);
            assertThat(rest.get(10, TimeUnit.SECONDS)).noneMatch(line -> line.contains("ERROR"));
        } finally {
            service.destroyForcibly();
        }
    }

    private static void terminateWithCallsWaiting(Process service, Http http, int port)
            throws Exception {
        String session = http.session();
        int listener = http.listener(session);
        List<CompletableFuture<Http.Answer>> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waits.add(
                    CompletableFuture.supplyAsync(
                            () -> http.post(session + "/sockets/" + listener + "/accept", null),
                            task -> Thread.ofVirtual().start(task)));
        }
        // Each accept takes its number before it waits, so they all wait when the next is above
        // them.
        int sockets = 0;
        int fd;
        do {
            fd = http.post(session + "/sockets", null).fd();
            sockets++;
        } while (fd < listener + 20 + sockets);
        try (Socket idle = new Socket("127.0.0.1", port)) {
            idle.getOutputStream().write("POST / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(service.toHandle().destroy()).isTrue();
            for (CompletableFuture<Http.Answer> wait : waits) {
                Http.Answer answer = wait.get(10, TimeUnit.SECONDS);
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.json().get("errno").stringValue()).isEqualTo("EINTR");
                assertThat(answer.json().get("detail").stringValue())
                        .contains("the service is stopping");
            }
        }
    }

    private static int awaitStarted(BufferedReader log) throws Exception {
        StringBuilder all = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            all.append(line).append('\n');
            Matcher matcher = STARTED.matcher(line);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("the service did not start:\n" + all);
    }
}
