package dev.socketlab.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.endtoend.Http;
import dev.socketlab.readiness.ReadinessLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sequences of calls, made of seeds, on the kernel itself and through HTTP: every result is the
 * same, and every call that blocks is ended by the same step, with the same result. The system
 * properties {@code comparison.first} and {@code comparison.sequences} are the first seed and how
 * many.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "socketlab.egress.allow=any")
class ComparisonTests {
    private static final int FIRST = Integer.getInteger("comparison.first", 1);
    private static final int SEQUENCES = Integer.getInteger("comparison.sequences", 1000);
    private static final int MAX_REPORTED = Integer.getInteger("comparison.reported", 10);

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path directory;

    @LocalServerPort private int port;
    @Autowired private ReadinessLoop loop;

    private static Path directory(Path parent) {
        try {
            return Files.createTempDirectory(parent, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theServiceAnswersAsLinuxDoes() {
        List<String> differences = new ArrayList<>();
        try (Http http = new Http(port);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < SEQUENCES && differences.size() < MAX_REPORTED; i++) {
                long seed = FIRST + i;
                List<ObjectNode> steps = Sequences.of(seed);
                String difference = difference(http, threads, steps);
                if (difference != null) {
                    List<ObjectNode> shortest =
                            Shortest.of(steps, some -> difference(http, threads, some) != null);
                    String again = difference(http, threads, shortest);
                    differences.add(
                            "seed "
                                    + seed
                                    + ": "
                                    + (again == null ? "once, " + difference : again));
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private String difference(Http http, ExecutorService threads, List<ObjectNode> steps) {
        Path own = directory(directory);
        try (Side linux = new KernelSide(threads, own);
                Side service = new ServiceSide(http, "host", loop::waiting)) {
            Comparison comparison = new Comparison(linux, service);
            String difference = comparison.run(steps);
            return difference == null
                    ? null
                    : difference + "\n  " + String.join("\n  ", comparison.transcript());
        }
    }
}
