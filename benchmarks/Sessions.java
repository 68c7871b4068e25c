import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What sessions with a network of their own cost: making and ending one of two hosts through HTTP,
 * against a C program that has the kernel make and end the same; what 500 of them hold; and whether
 * other calls are slower beside them.
 *
 * <p>{@code java benchmarks/Sessions.java target/socketlab-0.1.0-SNAPSHOT.jar [rounds]}. Needs gcc, wrk
 * and root. Loopback and namespaces of its own only; ends by itself.
 */
final class Sessions {
    private static final int WARM_UP = 300;
    private static final int ALIVE = 500;
    private static final int LOAD_SECONDS = 8;
    private static final String TWO_HOSTS = "{\"hosts\":[{\"name\":\"a\"},{\"name\":\"b\"}]}";
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process service;
    private final int port;

    private Sessions(Process service, int port) {
        this.service = service;
        this.port = port;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 500;
        Path program = Applications.compile("hosts.c");
        int port = Applications.freePort();
        Process service = Applications.start(List.of(), List.of("-jar", args[0]), port);
        try {
            Applications.post(port, "/api/v1/sessions", "{\"network\":\"host\"}");
            Sessions sessions = new Sessions(service, port);
            sessions.time(program, rounds);
            sessions.keepAlive();
        } finally {
            Applications.stop(service);
        }
    }

    private void time(Path program, int rounds) throws Exception {
        makeAndEnd(WARM_UP, new ArrayList<>(), new ArrayList<>());
        for (int turn = 0; turn < 3; turn++) {
            List<Double> making = new ArrayList<>();
            List<Double> ending = new ArrayList<>();
            makeAndEnd(rounds, making, ending);
            String[] c = output(program.toString(), Integer.toString(rounds)).split(" ");
            report("make", making, Double.parseDouble(c[0]));
            report("end", ending, Double.parseDouble(c[1]));
        }
    }

    private static void report(String what, List<Double> micros, double c) {
        micros.sort(null);
        double median = micros.get(micros.size() / 2);
        System.out.printf(
                "%s a session of two hosts: median %.2f ms (99 %% within %.2f); C %.2f ms; ratio %.2f%n",
                what, median / 1000, micros.get(micros.size() * 99 / 100) / 1000, c / 1000, median / c);
    }

    private void makeAndEnd(int rounds, List<Double> making, List<Double> ending) throws Exception {
        for (int i = 0; i < rounds; i++) {
            long begin = System.nanoTime();
            String session = make();
            long made = System.nanoTime();
            send("DELETE", session, null);
            making.add((made - begin) / 1e3);
            ending.add((System.nanoTime() - made) / 1e3);
        }
    }

    private void keepAlive() throws Exception {
        send("POST", "/api/v1/sessions", "{\"network\":\"host\"}");
        String session = send("GET", "/api/v1/sessions/latest", null).replaceAll(".*\"id\":\"([0-9a-f]+)\".*", "$1");
        String call = "/api/v1/sessions/" + session + "/sockets/3/getsockname";
        send("POST", "/api/v1/sessions/" + session + "/sockets", "{}");
        load(call);
        double alone = load(call);
        long fds = fds();
        long resident = kib("/proc/" + service.pid() + "/status", "VmRSS");
        long available = kib("/proc/meminfo", "MemAvailable");
        List<String> alive = new ArrayList<>();
        for (int i = 0; i < ALIVE; i++) {
            alive.add(make());
        }
        System.out.printf(
                "%d sessions of two hosts: %d fds, %.1f MiB more resident in the service, %.1f MiB less"
                        + " available on the machine%n",
                ALIVE,
                fds() - fds,
                (kib("/proc/" + service.pid() + "/status", "VmRSS") - resident) / 1024.0,
                (available - kib("/proc/meminfo", "MemAvailable")) / 1024.0);
        double beside = load(call);
        for (String one : alive) {
            send("DELETE", one, null);
        }
        double after = load(call);
        System.out.printf(
                "getsockname: %,.0f/s without them, %,.0f/s beside them, %,.0f/s after; ratio %.3f%n",
                alone, beside, after, beside / ((alone + after) / 2));
        System.out.printf("fds after all have ended: %d more%n", fds() - fds);
    }

    private double load(String path) throws Exception {
        String printed =
                output("wrk", "-t1", "-c16", "-d" + LOAD_SECONDS, "http://127.0.0.1:" + port + path);
        Matcher rate = RATE.matcher(printed);
        if (!rate.find()) {
            throw new IllegalStateException(printed);
        }
        return Double.parseDouble(rate.group(1));
    }

    private String make() throws Exception {
        String made = send("POST", "/api/v1/sessions", TWO_HOSTS);
        return "/api/v1/sessions/" + made.replaceAll("^\\{\"id\":\"([0-9a-f]+)\".*", "$1");
    }

    private String send(String method, String path, String body) throws Exception {
        HttpRequest.BodyPublisher publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .method(method, publisher)
                                .header("Content-Type", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.body());
        }
        return response.body();
    }

    private long fds() throws IOException {
        try (Stream<Path> fds = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            return fds.count();
        }
    }

    private static long kib(String file, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IllegalStateException(file + " does not say " + field);
    }

    private static String output(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
        return printed;
    }
}
