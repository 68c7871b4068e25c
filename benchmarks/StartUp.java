import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a start takes until the first call is answered, against the bare application's first
 * answer; each without and with an AOT cache (JEP 483, JEP 514) that is made by the command that the
 * documentation gives.
 *
 * <p>{@code java benchmarks/StartUp.java target/socketlab-0.1.0-SNAPSHOT.jar [rounds]}. Loopback only;
 * ends by itself.
 */
final class StartUp {
    private static final String SEND = "/api/v1/sessions/latest/sockets/3/send";

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        Applications applications = Applications.unpack(Path.of(args[0]));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (boolean cached : new boolean[] {false, true}) {
            options.put("service" + (cached ? " with cache" : ""),
                    cached ? cache(applications, applications.service(), "service") : List.of());
            options.put("bare" + (cached ? " with cache" : ""),
                    cached ? cache(applications, applications.bare(), "bare") : List.of());
        }
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, List<String>> one : options.entrySet()) {
                boolean service = one.getKey().startsWith("service");
                double millis = service
                        ? millis(one.getValue(), applications.service(), "/api/v1/sessions", "{\"network\":\"host\"}")
                        : millis(one.getValue(), applications.bare(), SEND, "{\"data\":\"x\"}");
                if (round > 0) { // the first has to read the files from the disk
                    times.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(millis);
                }
            }
        }
        times.forEach((name, all) ->
                System.out.printf("%-20s median %,.0f ms, from %,.0f to %,.0f%n",
                        name, median(all), all.getFirst(), all.getLast()));
        ratio(times, "service", "bare");
        ratio(times, "service with cache", "bare with cache");
        ratio(times, "service with cache", "service");
        ratio(times, "service with cache", "bare");
    }

    /** Makes a cache, as the documentation says, and gives the option that uses it. */
    private static List<String> cache(
            Applications applications, List<String> application, String name) throws Exception {
        Path cache = applications.directory().resolve(name + ".aot");
        List<String> training =
                List.of("-XX:AOTCacheOutput=" + cache, "-Dspring.context.exit=onRefresh");
        Applications.start(training, application, 0).waitFor();
        if (!Files.exists(cache)) {
            throw new IllegalStateException("no cache was made for " + name);
        }
        return List.of("-XX:AOTCache=" + cache);
    }

    private static double millis(
            List<String> options, List<String> application, String path, String body)
            throws Exception {
        int port = Applications.freePort();
        long begin = System.nanoTime();
        Process process = Applications.start(options, application, port);
        try {
            Applications.post(port, path, body);
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            Applications.stop(process);
        }
    }

    private static void ratio(Map<String, List<Double>> times, String one, String other) {
        System.out.printf("%s / %s: %.2f%n", one, other,
                median(times.get(one)) / median(times.get(other)));
    }

    private static double median(List<Double> values) {
        values.sort(null);
        return values.get(values.size() / 2);
    }
}
