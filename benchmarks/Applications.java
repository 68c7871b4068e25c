import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The service and the bare application, unpacked side by side from the service's jar: the same JVM,
 * the same libraries of Spring, Tomcat and Jackson, the same settings of the server.
 */
final class Applications {
    /** What the service has beyond a plain Spring MVC application. */
    private static final String SERVICES_OWN =
            ".*/(springdoc|swagger|webjars|jmustache|spring-boot-actuator|spring-boot-health"
                    + "|spring-boot-micrometer|micrometer-core|micrometer-jakarta"
                    + "|micrometer-registry|prometheus-metrics)[^/]*\\.jar";

    /** The settings that the bare application shares: those of the server and of its threads. */
    private static final String SERVER_SETTINGS = "(server|spring\\.threads|spring\\.main)\\..*";

    static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Path directory;
    private final Path serviceJar;

    private Applications(Path directory, Path serviceJar) {
        this.directory = directory;
        this.serviceJar = serviceJar;
    }

    /** Unpacks into a new directory; the bare application becomes a jar beside the service's. */
    static Applications unpack(Path jar) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("socketlab-benchmark");
        run(JAVA.toString(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--force",
                "--destination", directory.toString());
        Applications applications =
                new Applications(directory, directory.resolve(jar.getFileName().toString()));
        applications.compileBare();
        return applications;
    }

    Path directory() {
        return directory;
    }

    /** What follows {@code java} and its options to start the service. */
    List<String> service() {
        return List.of("-cp", serviceJar + File.pathSeparator + libraries(true),
                "dev.socketlab.SocketLabApplication");
    }

    /** What follows {@code java} and its options to start the bare application. */
    List<String> bare() {
        return List.of("-cp", directory.resolve("bare.jar") + File.pathSeparator + libraries(false),
                "bare.BareEndpoint");
    }

    private void compileBare() throws IOException, InterruptedException {
        Path classes = Files.createDirectories(directory.resolve("bare"));
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), "-parameters", "-proc:none",
                                "-cp", libraries(false), source("bare/BareEndpoint.java").toString());
        if (status != 0) {
            throw new IllegalStateException("BareEndpoint.java does not compile");
        }
        try (FileSystem service = FileSystems.newFileSystem(serviceJar);
                Stream<String> lines = Files.lines(service.getPath("application.properties"))) {
            Files.write(classes.resolve("application.properties"),
                    lines.filter(line -> line.matches(SERVER_SETTINGS)).toList());
        }
        run(JAVA.resolveSibling("jar").toString(), "--create", "--file",
                directory.resolve("bare.jar").toString(), "-C", classes.toString(), ".");
    }

    /** A file beside this program's sources. */
    static Path source(String name) {
        return Path.of("benchmarks").resolve(name);
    }

    /** Compiles a C program that is beside this program's sources; gives the program. */
    static Path compile(String source) throws IOException, InterruptedException {
        Path program = Files.createTempDirectory("socketlab-benchmark").resolve("program");
        run("gcc", "-O2", "-o", program.toString(), source(source).toString());
        return program;
    }

    private String libraries(boolean all) {
        try (Stream<Path> jars = Files.list(directory.resolve("lib"))) {
            return jars.map(Path::toString)
                    .filter(jar -> all || !jar.matches(SERVICES_OWN))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts {@code java} with these options and one of the applications, on a port. */
    static Process start(List<String> options, List<String> application, int port)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(application);
        command.add("--server.port=" + port);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Asks until a POST is answered as it should be; gives the answer. */
    static String post(int port, String path, String body) throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                HttpURLConnection http =
                        (HttpURLConnection)
                                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
                http.setRequestMethod("POST");
                http.setDoOutput(true);
                http.setRequestProperty("Content-Type", "application/json");
                http.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
                return new String(http.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.net.ConnectException e) {
                if (attempt > 10_000) {
                    throw e;
                }
                Thread.sleep(5);
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    static void run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }
}
