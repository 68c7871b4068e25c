package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.linux.LinuxKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The moment that matters most: a virtual thread waits for a lab thread so long that every carrier
 * has ended, and the answer has one started anew. It has to begin in the service's namespace. In a
 * JVM of its own, since in one that does anything else carriers do not end.
 */
@Timeout(180)
class CarrierNamespaceKernelTests {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String CARRIER = "ForkJoinPool";

    @Test
    void aCarrierThatAnAnswerHasStartedIsInTheServicesNamespace() throws Exception {
        LabNetwork.real().close();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CarrierNamespaceKernelTests.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output)
                .contains("carriers left: 0")
                .containsPattern("carriers after the answer: [1-9]");
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("outside: [lab-");
        assertThat(output.replaceAll("(?s).*outside: \\[(.*?)].*", "$1").split(", "))
                .allMatch(name -> name.startsWith("lab-"));
    }

    /** What the other JVM does. */
    public static void main(String[] args) throws InterruptedException {
        try (LabNetwork lab = new LabNetwork(new LinuxKernel());
                IsolatedNetwork network = lab.isolation.make(List.of(HostSpec.LOCALHOST))) {
            IsolatedHost host = network.host(null, AddressFamily.AF_INET);
            Thread waiting =
                    Thread.ofVirtual()
                            .start(() -> {
                                System.out.println(host.in(CarrierNamespaceKernelTests::idle));
                                System.out.println(
                                        "carriers after the answer: " + names(CARRIER).size());
                                System.out.println("outside: " + outside());
                            });
            waiting.join(Duration.ofSeconds(150));
        }
    }

    /** On a lab thread, until the last carrier has ended; it polls, as there is no such event. */
    private static String idle() {
        while (!names(CARRIER).isEmpty()) {
            Thread.onSpinWait();
        }
        return "carriers left: " + names(CARRIER).size();
    }

    private static List<String> names(String prefix) {
        return tasks(_ -> true).stream().filter(name -> name.startsWith(prefix)).toList();
    }

    private static List<String> outside() {
        String own = namespace(TASKS.getParent());
        return tasks(task -> !namespace(task).equals(own));
    }

    private static List<String> tasks(Predicate<Path> wanted) {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            return tasks.filter(wanted).map(CarrierNamespaceKernelTests::name).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException _) {
            return "ended";
        }
    }

    private static String namespace(Path task) {
        try {
            return Files.readSymbolicLink(task.resolve("ns/net")).toString();
        } catch (IOException _) {
            return "ended";
        }
    }
}
