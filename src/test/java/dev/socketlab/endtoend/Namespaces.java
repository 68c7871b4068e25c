package dev.socketlab.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The network namespaces of sessions' hosts, as other programs can enter them: nsenter(1). */
final class Namespaces {
    private Namespaces() {}

    /** That of a host, among those that the service's fds keep: where a socket of its is. */
    static String of(LabSession lab, String host) throws IOException {
        int listener = lab.socket("{\"host\":\"" + host + "\"}");
        lab.bind(listener, "127.0.0.1:0");
        lab.listen(listener, 1);
        long listening = lab.view(listener).get("inode").longValue();
        try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
            return fds.filter(fd -> link(fd).startsWith("net:["))
                    .map(fd -> "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd.getFileName())
                    .filter(fd -> listensIn(fd, listening))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static boolean listensIn(String namespace, long inode) {
        List<String> command = List.of("nsenter", "--net=" + namespace, "ss", "-tlneOH");
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String list =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return list.contains("ino:" + inode + " ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String link(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException _) {
            return ""; // the directory's own
        }
    }
}
