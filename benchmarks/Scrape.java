import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a scrape of the meters costs with 1,000 sessions of 10 sockets, against {@code ss -tinm} of
 * the same sockets: both as whole processes, curl and ss, in turn. On the machine's network, where
 * one ss lists them all, and on networks of the sessions' own, where ss has to go into each.
 *
 * <p>{@code java benchmarks/Scrape.java target/socketlab-0.1.0-SNAPSHOT.jar [rounds]}. Needs root,
 * curl, ss, nsenter and 17,000 file descriptors. Loopback only; ends by itself.
 */
final class Scrape {
    private static final int SESSIONS = 1000;
    private static final int CLIENTS = 6;
    private static final int ACCEPTED = 3;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]+)\"");
    private static final Pattern PORT = Pattern.compile("\"port\":([0-9]+)");
    private static final List<String> OPTIONS =
            List.of("-Dsocketlab.session.max-sessions=1001",
                    "-Dsocketlab.session.max-open-files=16000",
                    "-Dsocketlab.session.idle-timeout=2h",
                    "-Dserver.tomcat.max-connections=2000");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Process service;

    private Scrape(Process service, int port) {
        this.service = service;
        this.port = port;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 21;
        for (String network : List.of("host", "isolated")) {
            int port = Applications.freePort();
            Process service = Applications.start(OPTIONS, List.of("-jar", args[0]), port);
            try {
                Applications.post(port, "/api/v1/sessions", "{\"network\":\"host\"}");
                new Scrape(service, port).compare(network, rounds);
            } finally {
                Applications.stop(service);
            }
        }
    }

    private void compare(String network, int rounds) throws Exception {
        for (int i = 0; i < SESSIONS; i++) {
            fill(network);
        }
        System.out.printf("%s: %d sessions of 10 sockets%n", network, SESSIONS);
        List<List<String>> ss =
                network.equals("host") ? List.of(List.of("ss", "-tinm")) : ssInEach();
        List<String> curl =
                List.of("curl", "-s", "-o", "/dev/null",
                        "http://127.0.0.1:" + port + "/actuator/prometheus");
        List<Double> scrapes = new ArrayList<>();
        List<Double> listings = new ArrayList<>();
        List<Double> readings = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Thread.sleep(1100); // as old as a reading may be, and a little
            time(curl);
        }
        for (int i = 0; i < (ss.size() == 1 ? rounds : 3); i++) {
            double listing = 0;
            for (List<String> one : ss) {
                listing += time(one);
            }
            listings.add(listing);
            for (int turn = 0; turn < (ss.size() == 1 ? 1 : 5); turn++) {
                Thread.sleep(1100);
                scrapes.add(time(curl));
                readings.add(sample("socketlab_reading_duration_seconds") * 1e3);
            }
        }
        System.out.printf(
                "  scrape %.1f ms (%.1f to %.1f), of it the reading %.1f ms, sessions left %.0f;"
                        + " ss -tinm %.1f ms (%.1f to %.1f), %d processes; ratio %.3f%n",
                median(scrapes), least(scrapes), most(scrapes), median(readings),
                sample("socketlab_reading_left"),
                median(listings), least(listings), most(listings), ss.size(),
                median(scrapes) / median(listings));
    }

    /** A listener, three connections of which both ends are open, and three that nobody accepted. */
    private void fill(String network) throws Exception {
        Matcher id = ID.matcher(send("/api/v1/sessions", "{\"network\":\"" + network + "\"}"));
        if (!id.find()) {
            throw new IllegalStateException("no session");
        }
        String sockets = "/api/v1/sessions/" + id.group(1) + "/sockets";
        send(sockets, "{}");
        send(sockets + "/3/bind", "{\"addr\":\"127.0.0.1:0\"}");
        send(sockets + "/3/listen", "{}");
        Matcher listening = PORT.matcher(send(sockets + "/3/getsockname", null));
        if (!listening.find()) {
            throw new IllegalStateException("no port");
        }
        String addr = "{\"addr\":\"127.0.0.1:" + listening.group(1) + "\"}";
        for (int fd = 4; fd < 4 + CLIENTS; fd++) {
            send(sockets, "{}");
            send(sockets + "/" + fd + "/connect", addr);
        }
        for (int i = 0; i < ACCEPTED; i++) {
            send(sockets + "/3/accept", "{}");
        }
    }

    /** One ss for each network namespace that the service keeps by an fd. */
    private List<List<String>> ssInEach() throws IOException {
        Map<String, List<String>> byNamespace = new LinkedHashMap<>();
        String own = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        try (Stream<Path> fds = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            for (Path fd : fds.toList()) {
                String link = link(fd);
                if (link.startsWith("net:[") && !link.equals(own)) {
                    byNamespace.put(link, List.of("nsenter", "--net=" + fd, "ss", "-tinm"));
                }
            }
        }
        return List.copyOf(byNamespace.values());
    }

    private static String link(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    /** How long a whole process takes, in milliseconds. */
    private static double time(List<String> command) throws Exception {
        long begin = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed");
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private double sample(String name) throws Exception {
        String scrape = send("/actuator/prometheus", null);
        return Arrays.stream(scrape.split("\n"))
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private String send(String path, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(path + ": " + response.body());
        }
        return response.body();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static double least(List<Double> values) {
        return values.stream().min(Double::compare).orElseThrow();
    }

    private static double most(List<Double> values) {
        return values.stream().max(Double::compare).orElseThrow();
    }
}
