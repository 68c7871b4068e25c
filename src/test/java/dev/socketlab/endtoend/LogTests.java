package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.SocketLabApplication;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the service logs, in a process of its own. */
@Timeout(120)
class LogTests {
    private static final Pattern ADDRESS =
            Pattern.compile("Socket Lab is at http://127\\.0\\.0\\.1:([0-9]+)/");
    private static final String MARKER = "XYZZYmarker";

    /** A service in a process of its own, and what it has logged. */
    private record Service(Process process, BufferedReader log, List<String> lines, int port) {
        static Service start(String... settings) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("-cp");
            command.add(classPath());
            command.add(SocketLabApplication.class.getName());
            command.add("--server.port=0");
            command.addAll(List.of(settings));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader log = process.inputReader();
            List<String> lines = new ArrayList<>();
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                lines.add(line);
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    return new Service(process, log, lines, Integer.parseInt(address.group(1)));
                }
            }
            process.destroyForcibly();
            throw new IllegalStateException("the service did not start: " + lines);
        }

        /** Without the logging of tests. */
        private static String classPath() {
            String all =
                    System.getProperty(
                            "surefire.test.class.path", System.getProperty("java.class.path"));
            return Arrays.stream(all.split(File.pathSeparator))
                    .filter(entry -> !entry.contains("test-classes"))
                    .collect(Collectors.joining(File.pathSeparator));
        }

        /** Ends it, and gives all that it logged. */
        List<String> stop(CompletableFuture<List<String>> rest) throws Exception {
            process.toHandle().destroy();
            lines.addAll(rest.get(30, TimeUnit.SECONDS));
            return lines;
        }

        CompletableFuture<List<String>> readOn() {
            return CompletableFuture.supplyAsync(() -> log.lines().toList());
        }
    }

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
        Service service = Service.start();
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
        Service service =
                Service.start("--logging.level.root=trace", "--logging.level.dev.socketlab=trace");
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
