import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Frames a second from one host of a session to the other, through the service's switch and, on the
 * very same interfaces, through a switch in C while the service is stopped (SIGSTOP).
 *
 * <p>{@code java benchmarks/SwitchRatio.java target/socketlab-0.1.0-SNAPSHOT.jar [pairs [seconds]]}.
 * Needs gcc, and root for the namespaces of another process. Ends by itself.
 */
final class SwitchRatio {
    private static final int WARM_UP_SECONDS = 10;

    private final Path program;
    private final Process service;
    private final List<String> namespaces;
    private final List<String> taps;

    /** What the service has beyond the fds before: those of one session. */
    private SwitchRatio(Path program, Process service, Map<Integer, String> before)
            throws IOException {
        this.program = program;
        this.service = service;
        Map<Integer, String> now = fds(service);
        now.keySet().removeAll(before.keySet());
        this.namespaces = named(now, "net:");
        this.taps = named(now, "/dev/net/tun");
    }

    public static void main(String[] args) throws Exception {
        int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        Path program = Applications.compile("switch.c");
        int port = Applications.freePort();
        Process service = Applications.start(List.of(), List.of("-jar", args[0]), port);
        try {
            String sessions = "/api/v1/sessions";
            Applications.post(port, sessions, "{}");
            Map<Integer, String> before = fds(service);
            Applications.post(port, sessions, "{\"hosts\":[{\"name\":\"a\"},{\"name\":\"b\"}]}");
            new SwitchRatio(program, service, before).run(pairs, seconds);
        } finally {
            Applications.stop(service);
        }
    }

    private void run(int pairs, int seconds) throws Exception {
        java(WARM_UP_SECONDS);
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            boolean javaFirst = pair % 2 == 0;
            double early = javaFirst ? java(seconds) : c(seconds);
            double late = javaFirst ? c(seconds) : java(seconds);
            double java = javaFirst ? early : late;
            double c = javaFirst ? late : early;
            ratios.add(java / c);
            System.out.printf(
                    "service %,.0f frames/s, C %,.0f, ratio %.3f%n", java, c, ratios.getLast());
        }
        ratios.sort(null);
        System.out.printf(
                "median ratio %.3f, from %.3f to %.3f%n",
                ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.getLast());
    }

    private double java(int seconds) throws Exception {
        return load(seconds);
    }

    /** With the service stopped, and a second more than the load, so that both are there all along. */
    private double c(int seconds) throws Exception {
        Applications.run("kill", "-STOP", Long.toString(service.pid()));
        Process carrying = start("carry", taps, seconds + 1);
        try {
            return load(seconds);
        } finally {
            carrying.waitFor();
            Applications.run("kill", "-CONT", Long.toString(service.pid()));
        }
    }

    private double load(int seconds) throws Exception {
        Process loading = start("load", namespaces, seconds);
        String printed =
                new String(loading.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (loading.waitFor() != 0) {
            throw new IllegalStateException("the load failed");
        }
        return Double.parseDouble(printed.strip());
    }

    private Process start(String what, List<String> fds, int seconds) throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        what,
                        Long.toString(service.pid()),
                        fds.get(0),
                        fds.get(1),
                        Integer.toString(seconds))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Map<Integer, String> fds(Process process) throws IOException {
        Map<Integer, String> fds = new TreeMap<>();
        try (Stream<Path> links = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (Path link : links.toList()) {
                fds.put(
                        Integer.valueOf(link.getFileName().toString()),
                        Files.readSymbolicLink(link).toString());
            }
        }
        return fds;
    }

    private static List<String> named(Map<Integer, String> fds, String target) {
        return fds.entrySet().stream()
                .filter(fd -> fd.getValue().startsWith(target))
                .map(fd -> fd.getKey().toString())
                .toList();
    }
}
