import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a call costs beside the request that carries it: the rate of requests that send 64 bytes,
 * against the rate of a bare endpoint of Spring MVC that takes and gives the same JSON and makes no
 * call. Both run all the time and are loaded in turn by wrk; a sink of this program's reads what is
 * sent.
 *
 * <p>{@code java benchmarks/SendRatio.java target/socketlab-0.1.0-SNAPSHOT.jar [pairs [seconds]]}.
 * Needs wrk. Loopback only; ends by itself.
 */
final class SendRatio {
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 20;
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");

    private final Path script;
    private final Process service;
    private final Process bare;

    private SendRatio(Path script, Process service, Process bare) {
        this.script = script;
        this.service = service;
        this.bare = bare;
    }

    /** Requests a second, and the processor time of the server a request, in microseconds. */
    private record Run(double rate, double micros) {}

    public static void main(String[] args) throws Exception {
        int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        Applications applications = Applications.unpack(Path.of(args[0]));
        int servicePort = Applications.freePort();
        int barePort = Applications.freePort();
        Process service = Applications.start(List.of(), applications.service(), servicePort);
        Process bare = Applications.start(List.of(), applications.bare(), barePort);
        try (ServerSocket sink = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> drain(sink));
            String session = sockets(servicePort, sink.getLocalPort());
            String send = "/api/v1/sessions/latest/sockets/3/send";
            Applications.post(barePort, send, "{\"data\":\"x\"}");
            Path script = applications.directory().resolve("send.lua");
            Files.writeString(script, script(session));
            new SendRatio(script, service, bare).run(servicePort, barePort, pairs, seconds);
        } finally {
            Applications.stop(service);
            Applications.stop(bare);
        }
    }

    private void run(int servicePort, int barePort, int pairs, int seconds) throws Exception {
        wrk(bare, barePort, WARM_UP_SECONDS);
        wrk(service, servicePort, WARM_UP_SECONDS);
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            boolean serviceFirst = pair % 2 == 0;
            Run early = serviceFirst ? wrk(service, servicePort, seconds) : wrk(bare, barePort, seconds);
            Run late = serviceFirst ? wrk(bare, barePort, seconds) : wrk(service, servicePort, seconds);
            Run send = serviceFirst ? early : late;
            Run plain = serviceFirst ? late : early;
            ratios.add(send.rate() / plain.rate());
            System.out.printf(
                    "send %,.0f/s (%.1f µs of processor each), bare %,.0f/s (%.1f µs), ratio %.3f%n",
                    send.rate(), send.micros(), plain.rate(), plain.micros(), ratios.getLast());
        }
        ratios.sort(null);
        System.out.printf(
                "median ratio %.3f, from %.3f to %.3f%n",
                ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.getLast());
    }

    /** Loads a server. Any answer but a success stops the benchmark. */
    private Run wrk(Process server, int port, int seconds)
            throws IOException, InterruptedException {
        Duration before = server.info().totalCpuDuration().orElse(Duration.ZERO);
        Process wrk =
                new ProcessBuilder(
                                "wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s",
                                "-s", script.toString(), "http://127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Duration after = server.info().totalCpuDuration().orElse(Duration.ZERO);
        Matcher rate = RATE.matcher(printed);
        if (!rate.find() || printed.contains("Non-2xx") || printed.contains("Socket errors")) {
            throw new IllegalStateException(printed);
        }
        double requests = Double.parseDouble(rate.group(1));
        return new Run(requests, after.minus(before).toNanos() / 1e3 / (requests * seconds));
    }

    /** A session whose sockets 3, 4, … are connected to the sink; its id. */
    private static String sockets(int port, int sinkPort) throws Exception {
        String made = Applications.post(port, "/api/v1/sessions", "{\"network\":\"host\"}");
        Matcher id = Pattern.compile("\"id\":\"([0-9a-f]+)\"").matcher(made);
        id.find();
        String session = "/api/v1/sessions/" + id.group(1);
        for (int fd = 3; fd < 3 + CONNECTIONS; fd++) {
            Applications.post(port, session + "/sockets", "{}");
            Applications.post(
                    port,
                    session + "/sockets/" + fd + "/connect",
                    "{\"addr\":\"127.0.0.1:" + sinkPort + "\"}");
        }
        return id.group(1);
    }

    /** The same requests for both: each in turn to the next of the sockets. */
    private static String script(String session) {
        return """
        local requests = {}
        local body = '{"data":"%s"}'
        function init(args)
          for fd = 3, %d do
            requests[#requests + 1] = wrk.format("POST",
              "/api/v1/sessions/%s/sockets/" .. fd .. "/send",
              { ["Content-Type"] = "application/json" }, body)
          end
        end
        local next = 0
        function request()
          next = next %% #requests + 1
          return requests[next]
        end
        """
                .formatted("x".repeat(64), 2 + CONNECTIONS, session);
    }

    /** Reads all connections a hundred times a second, so that reading costs both runs alike little. */
    private static void drain(ServerSocket sink) {
        List<InputStream> connections = new ArrayList<>();
        byte[] bytes = new byte[1 << 20];
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket connection = sink.accept();
                connections.add(connection.getInputStream());
            }
            while (true) {
                for (InputStream connection : connections) {
                    if (connection.available() > 0 && connection.read(bytes) < 0) {
                        return;
                    }
                }
                Thread.sleep(10);
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("the sink ended: " + e);
        }
    }
}
