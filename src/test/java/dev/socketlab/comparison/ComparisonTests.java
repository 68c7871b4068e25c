package dev.socketlab.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sequences of calls, made of seeds, on the kernel itself and through HTTP: every result is the
 * same, and every call that blocks is ended by the same step, with the same result. A seed's
 * sequence is always the same where sessions can have a network of their own, but for the protocol
 * of raw sockets.
 *
 * <p>The system properties {@code comparison.first} and {@code comparison.sequences} are the first
 * seed and how many; after {@code comparison.reported} differences it ends.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "socketlab.egress.allow=any")
class ComparisonTests {
    private static final int FIRST = Integer.getInteger("comparison.first", 1);
    private static final int SEQUENCES = Integer.getInteger("comparison.sequences", 1000);
    private static final int AGAIN = 4;

    /** A run of more is asked for by hand, and tells of what differed once. */
    private static final int FEW = 1000;

    private static final int ONCE_IN = 200;
    private static final int MAX_REPORTED = Integer.getInteger("comparison.reported", 10);

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path directory;

    @LocalServerPort private int port;
    @Autowired private ReadinessLoop loop;

    private Http http;
    private ExecutorService threads;

    @BeforeEach
    void open() {
        http = new Http(port);
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void close() {
        http.close();
        threads.close();
    }

    /** What has differed, in its shortest form; each with a name. */
    @TestFactory
    Stream<DynamicTest> whatDifferedOnce() {
        return Found.all().entrySet().stream()
                .map(found ->
                        dynamicTest(
                                found.getKey(),
                                () -> assertThat(difference("host", found.getValue())).isNull()));
    }

    @Test
    void theServiceAnswersAsLinuxDoes() {
        List<String> differences = new ArrayList<>();
        List<String> once = new ArrayList<>();
        boolean isolated = http.hasCapability("isolated");
        List<Setting> settings =
                Stream.of(Setting.values()).filter(one -> isolated || !one.isRaw()).toList();
        for (long seed = FIRST; seed < FIRST + SEQUENCES; seed++) {
            Setting setting = settings.get((int) (seed % settings.size()));
            String network = setting.isRaw() || (isolated && seed % 5 == 0) ? "isolated" : "host";
            List<ObjectNode> steps = Sequences.of(seed, setting);
            String difference = difference(network, steps);
            if (difference != null && isRepeated(network, steps)) {
                differences.add("seed " + seed + ": " + shortest(network, steps, difference));
            } else if (difference != null) {
                once.add("seed " + seed + ": " + difference);
            }
            if (differences.size() == MAX_REPORTED) {
                break;
            }
        }
        if (SEQUENCES > FEW) {
            once.forEach(System.out::println);
        }
        assertThat(differences).isEmpty();
        assertThat(once).as("what differed once").hasSizeLessThanOrEqualTo(1 + SEQUENCES / ONCE_IN);
    }

    /**
     * What differs once and not again is a race that Linux has too, unless there is a lot of it.
     */
    private boolean isRepeated(String network, List<ObjectNode> steps) {
        return IntStream.range(0, AGAIN).allMatch(_ -> difference(network, steps) != null);
    }

    private String shortest(String network, List<ObjectNode> steps, String difference) {
        List<ObjectNode> shortest = Shortest.of(steps, some -> difference(network, some) != null);
        String again = difference(network, shortest);
        return again == null ? "once, " + difference : again;
    }

    private @Nullable String difference(String network, List<ObjectNode> steps) {
        try (Side linux = new KernelSide(threads, ownDirectory());
                Side service = new ServiceSide(http, network, loop::waiting)) {
            Comparison comparison = new Comparison(linux, service);
            String difference = comparison.run(steps);
            return difference == null
                    ? null
                    : difference + "\n  " + String.join("\n  ", comparison.transcript());
        }
    }

    private static Path ownDirectory() {
        try {
            return Files.createTempDirectory(directory, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
