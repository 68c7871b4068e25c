package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.Await;
import dev.socketlab.OpenFds;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks that have ended are gone, as the kernel itself counts namespaces. */
@Timeout(300)
class NamespaceCountKernelTests {
    /** How many objects the kernel's allocator may keep of those that were freed. */
    private static final long SLACK = 100;

    private static final String NETWORK_FDS = "(net|socket):.*|/dev/net/tun";
    private static final Path SLABS = Path.of("/proc/slabinfo");

    private LabNetwork lab;

    @BeforeEach
    void begin() {
        assumeTrue(Files.isReadable(SLABS), "only root may read " + SLABS);
        lab = LabNetwork.real();
    }

    @AfterEach
    void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void tenThousandMadeAndEndedLeaveNothing() throws Exception {
        long namespaces = namespaces();
        List<String> fds = OpenFds.matching(NETWORK_FDS);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(callers.submit(this::makeAndEnd));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(OpenFds.matching(NETWORK_FDS)).isEqualTo(fds);
        awaitNoMoreThan(namespaces + SLACK);
    }

    /** Every tenth has two hosts and a connection between them that still has data to deliver. */
    private void makeAndEnd() {
        for (int i = 0; i < 500; i++) {
            if (i % 10 != 0) {
                lab.isolation.make(List.of(HostSpec.LOCALHOST)).close();
                continue;
            }
            IsolatedNetwork network = lab.make("client", "server");
            int domain = AddressFamily.AF_INET;
            int server = lab.socket(network.host("server", domain), domain, SocketType.SOCK_STREAM);
            int client = lab.socket(network.host("client", domain), domain, SocketType.SOCK_STREAM);
            lab.listen(server, LabNetwork.inet("10.0.0.2", 80), SocketType.SOCK_STREAM);
            assertThat(lab.connect(client, LabNetwork.inet("10.0.0.2", 80))).isEqualTo("0");
            byte[] data = new byte[1 << 20];
            lab.kernel.send(client, data, 0, data.length, 0).orThrow("send");
            lab.kernel.close(client);
            lab.kernel.close(server);
            network.close();
        }
    }

    @Test
    void fiveHundredAreAliveAtOnce() {
        long namespaces = namespaces();
        List<IsolatedNetwork> alive = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                alive.add(lab.make("client", "server"));
            }
            assertThat(OpenFds.matching("net:.*").stream().distinct())
                    .hasSizeGreaterThanOrEqualTo(1000);
            int domain = AddressFamily.AF_INET6;
            for (IsolatedNetwork network : alive) {
                int server =
                        lab.socket(network.host("server", domain), domain, SocketType.SOCK_STREAM);
                int client =
                        lab.socket(network.host("client", domain), domain, SocketType.SOCK_STREAM);
                lab.listen(server, LabNetwork.inet("fd00::2", 80), SocketType.SOCK_STREAM);
                assertThat(lab.connect(client, LabNetwork.inet("fd00::2", 80))).isEqualTo("0");
                lab.kernel.close(client);
                lab.kernel.close(server);
            }
        } finally {
            alive.forEach(IsolatedNetwork::close);
        }
        awaitNoMoreThan(namespaces + SLACK);
    }

    /** What the kernel has taken apart it frees with the next namespace that ends. */
    private void awaitNoMoreThan(long namespaces) {
        Await.until(() -> {
            lab.isolation.make(List.of(HostSpec.LOCALHOST)).close();
            return namespaces() <= namespaces;
        });
    }

    private static long namespaces() {
        try (Stream<String> lines = Files.lines(SLABS)) {
            return lines.filter(line -> line.startsWith("net_namespace "))
                    .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
