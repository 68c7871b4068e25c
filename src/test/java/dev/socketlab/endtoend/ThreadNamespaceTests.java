package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Which threads of the process are in which network namespace: all in the service's own but lab
 * threads, whatever starts threads when. A thread begins in the namespace of the one that starts
 * it, and a carrier of virtual threads may be started by whoever wakes one.
 */
@Timeout(300)
class ThreadNamespaceTests extends LiveServiceTests {
    /** Longer than virtual threads' carriers, and other executors' threads, live without work. */
    private static final Duration IDLE = Duration.ofSeconds(65);

    private static final Path TASKS = Path.of("/proc/self/task");

    @BeforeEach
    void needsNamespaces() {
        http.assumeCapability("interfaces");
    }

    @Test
    void onlyLabThreadsAreOutsideTheServicesNamespace() throws Exception {
        load();
        long idleUntil = System.nanoTime() + IDLE.toNanos();
        while (System.nanoTime() < idleUntil) {
            check();
            Thread.sleep(Duration.ofMillis(500)); // being idle is what is tried
        }
        http.delete(http.session("isolated"));
        check();
        load();
    }

    private void load() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(clients.submit(this::client));
            }
            while (!all.stream().allMatch(Future::isDone)) {
                check();
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        check();
    }

    private void client() {
        for (int i = 0; i < 40; i++) {
            String path =
                    http.post("/api/v1/sessions", "{\"hosts\":[{\"name\":\"a\"},{\"name\":\"b\"}]}")
                            .header("Location");
            for (String host : new String[] {"a", "b", "a"}) {
                http.post(path + "/sockets", "{\"host\":\"%s\"}".formatted(host));
                http.post(path + "/getaddrinfo", "{\"node\":\"%s\"}".formatted(host));
            }
            http.delete(path);
        }
    }

    private static void check() throws IOException {
        String own = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        int lab = 0;
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.toList()) {
                String namespace = namespace(task);
                if (!namespace.equals(own) && !namespace.isEmpty()) {
                    assertThat(name(task)).as("the name of a thread outside").startsWith("lab-");
                    lab++;
                }
            }
        }
        assertThat(lab).as("lab threads").isPositive();
    }

    /** That of a lab thread, for one that has ended meanwhile. */
    private static String name(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (NoSuchFileException _) {
            return "lab-ended";
        }
    }

    /** Nothing for a thread that has ended. */
    private static String namespace(Path task) throws IOException {
        try {
            return Files.readSymbolicLink(task.resolve("ns/net")).toString();
        } catch (NoSuchFileException _) {
            return "";
        }
    }
}
