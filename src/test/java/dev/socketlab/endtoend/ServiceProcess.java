package dev.socketlab.endtoend;

import dev.socketlab.SocketLabApplication;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A service in a process of its own, and what it has logged. */
record ServiceProcess(Process process, BufferedReader log, List<String> lines, int port) {
    private static final Pattern ADDRESS =
            Pattern.compile("Socket Lab is at http://127\\.0\\.0\\.1:([0-9]+)/");

    /** Starts one on a free port; {@code arguments} that begin with -X are the JVM's. */
    static ServiceProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        Arrays.stream(arguments).filter(one -> one.startsWith("-X")).forEach(command::add);
        command.add("-cp");
        command.add(classPath());
        command.add(SocketLabApplication.class.getName());
        command.add("--server.port=0");
        Arrays.stream(arguments).filter(one -> !one.startsWith("-X")).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        BufferedReader log = process.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            lines.add(line);
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return new ServiceProcess(process, log, lines, Integer.parseInt(address.group(1)));
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
