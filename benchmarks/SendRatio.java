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
 * call. Given another jar of the service, against that one: what a change costs. Both run all the
 * time and are loaded in turn by wrk; a sink of this program's reads what is sent.
 *
 * <p>{@code java benchmarks/SendRatio.java target/socketlab-0.1.0-SNAPSHOT.jar [pairs [seconds
 * [other.jar]]]}. Needs wrk. Loopback only; ends by itself.
 */
final class SendRatio {
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 20;
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");

    private SendRatio() {}

    /** One of the two that are compared: its process, and the requests that load it. */
    private record Side(String name, Process server, int port, Path script) {}

    /** Requests a second, and the processor time of the server a request, in microseconds. */
    private record Run(double rate, double micros) {}

    public static void main(String[] args) throws Exception {
        int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        Applications applications = Applications.unpack(Path.of(args[0]));
        Applications others = args.length > 3 ? Applications.unpack(Path.of(args[3])) : null;
        int port = Applications.freePort();
        int otherPort = Applications.freePort();
        Process service = Applications.start(List.of(), applications.service(), port);
        Process other =
                Applications.start(
                        List.of(),
                        others == null ? applications.bare() : others.service(),
                        otherPort);
        try (ServerSocket sink = new ServerSocket(0)) {
            Side send = service("send", service, port, sink, applications.directory());
            Side against =
                    others == null
                            ? bare(other, otherPort, send)
                            : service("before", other, otherPort, sink, others.directory());
            run(send, against, pairs, seconds);
        } finally {
            Applications.stop(service);
            Applications.stop(other);
        }
    }

    private static Side service(
            String name, Process server, int port, ServerSocket sink, Path directory)
            throws Exception {
        Thread.ofPlatform().daemon().start(() -> drain(sink));
        String session = sockets(port, sink.getLocalPort());
        Path script = directory.resolve("send.lua");
        Files.writeString(script, script(session));
        return new Side(name, server, port, script);
    }

    /** The bare endpoint, which takes the same requests as the service. */
    private static Side bare(Process server, int port, Side service) throws Exception {
        Applications.post(port, "/api/v1/sessions/latest/sockets/3/send", "{\"data\":\"x\"}");
        return new Side("bare", server, port, service.script());
    }

    private static void run(Side send, Side against, int pairs, int seconds) throws Exception {
        wrk(against, WARM_UP_SECONDS);
        wrk(send, WARM_UP_SECONDS);
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            boolean sendFirst = pair % 2 == 0;
            Run early = wrk(sendFirst ? send : against, seconds);
            Run late = wrk(sendFirst ? against : send, seconds);
            Run one = sendFirst ? early : late;
            Run two = sendFirst ? late : early;
            ratios.add(one.rate() / two.rate());
            System.out.printf(
                    "%s %,.0f/s (%.1f µs of processor each), %s %,.0f/s (%.1f µs), ratio %.3f%n",
                    send.name(), one.rate(), one.micros(),
                    against.name(), two.rate(), two.micros(), ratios.getLast());
        }
        ratios.sort(null);
        System.out.printf(
                "median ratio %.3f, from %.3f to %.3f%n",
                ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.getLast());
    }

    /** Loads a server. Any answer but a success stops the benchmark. */
    private static Run wrk(Side side, int seconds) throws IOException, InterruptedException {
        Duration before = side.server().info().totalCpuDuration().orElse(Duration.ZERO);
        Process wrk =
                new ProcessBuilder(
                                "wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s",
                                "-s", side.script().toString(), "http://127.0.0.1:" + side.port())
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Duration after = side.server().info().totalCpuDuration().orElse(Duration.ZERO);
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

    /** Reads one service's connections a hundred times a second, so that reading costs both runs alike little. */
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
