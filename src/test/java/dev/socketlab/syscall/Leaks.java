package dev.socketlab.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds each test to leave as many sockets, epoll instances and threads of ours as it found. */
public final class Leaks implements BeforeEachCallback, AfterEachCallback {
    private Map<String, String> fds = Map.of();
    private Set<String> threads = Set.of();

    @Override
    public void beforeEach(ExtensionContext context) {
        fds = fds();
        threads = threads();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Map<String, String> left = fds();
        left.entrySet().removeAll(fds.entrySet());
        assertThat(left).as("file descriptors left open").isEmpty();
        Set<String> more = threads();
        more.removeAll(threads);
        assertThat(more).as("threads left running").isEmpty();
    }

    private static Map<String, String> fds() {
        Map<String, String> open = new TreeMap<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            for (Path link : links.toList()) {
                try {
                    String target = Files.readSymbolicLink(link).toString();
                    if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
                        open.put(link.getFileName().toString(), target);
                    }
                } catch (IOException _) {
                    continue; // the listing's own, closed meanwhile
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("readiness"))
                .map(thread -> thread.getName() + "-" + thread.threadId())
                .collect(Collectors.toSet());
    }
}
