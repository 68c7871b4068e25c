package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same cases against the kernel through {@code linux} alone: a case that fails here too is the
 * kernel's doing, and one that fails through HTTP alone is the service's. Those that wait are left
 * out, since waiting is the session's affair, and those that need names looked up, a packet
 * socket's interface, or to be without a privilege.
 */
class ConformanceKernelTests {
    private static final List<String> LEFT_OUT =
            List.of("\"bg\"", "TIMEO", "ms_min", "getaddrinfo", "AF_PACKET", "unprivileged");

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path directory;

    @TestFactory
    Stream<DynamicTest> linuxAnswers() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (InputStream in = getClass().getResourceAsStream("/conformance/cases.json")) {
            new JsonMapper().readTree(in).forEach(cases::add);
        }
        cases.removeIf(one -> LEFT_OUT.stream().anyMatch(one.toString()::contains));
        assertThat(cases).hasSizeGreaterThan(250);
        return cases.stream().map(one -> dynamicTest(one.get("id").stringValue(), () -> run(one)));
    }

    private static void run(JsonNode one) throws IOException {
        Path own = Files.createTempDirectory(directory, "");
        new ConformanceCase(new KernelDoor(own), one).run();
    }
}
