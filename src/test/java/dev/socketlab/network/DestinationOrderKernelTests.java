package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.Await;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Platform;
import dev.socketlab.linux.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names with several addresses, as the C library orders them in a host's namespace, with the
 * session's hosts file as its own.
 */
@Timeout(120)
class DestinationOrderKernelTests {
    private static final int NAMES = 60;

    @TempDir static Path directory;
    private static LabNetwork lab;
    private static LibraryResolver library;

    @BeforeAll
    static void begin() throws Exception {
        assumeTrue(Platform.HAS_IPV6, "the kernel has no IPv6");
        library = LibraryResolver.in(directory);
        lab = LabNetwork.real();
    }

    @AfterAll
    static void end() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "the nearer in the subnet, 10.0.0.8 10.0.0.4, 10.0.0.4 10.0.0.8",
        "loopback, 127.0.0.2 127.0.0.1, 127.0.0.1 127.0.0.2",
        "the nearer of IPv6, fd00::8 fd00::2, fd00::2 fd00::8",
        "the smaller scope, fd01::1 ff02::1, ff02::1 fd01::1",
        "what can be reached, fd01::1 ff02::1 ff05::1, ff05::1 ff02::1 fd01::1",
        "outside the subnet as in the file, 192.0.2.9 192.0.2.1, 192.0.2.9 192.0.2.1",
    })
    void theOrderOf(String what, String inFile, String ordered) throws Exception {
        try (IsolatedNetwork network = lab.make("one", "two")) {
            List<NameLookup> questions = List.of(NameLookup.of("web", inFile.split(" ")));
            awaitMulticast(network, "one");
            assertThat(ours(network, "one", questions)).as(what).containsExactly("web: " + ordered);
            assertThat(theirs(network, "one", questions)).containsExactly("web: " + ordered);
        }
    }

    /** There the library knows no subnets: all it tells is the host itself from the others. */
    @Test
    void aHostWithoutIpv6HasItsOwnAddressFirst() throws Exception {
        HostSpec.Interface eth0 =
                new HostSpec.Interface(
                        HostSpec.Interface.mac(1),
                        GeneratedNames.SMALL_MTU,
                        HostSpec.Interface.ipv4(1),
                        null);
        try (IsolatedNetwork network = lab.isolation.make(List.of(new HostSpec("one", eth0)))) {
            List<NameLookup> questions =
                    List.of(NameLookup.of("web", "10.0.0.8", "10.0.0.4", "10.0.0.1", "127.0.0.1"));
            assertThat(ours(network, "one", questions))
                    .containsExactly("web: 127.0.0.1 10.0.0.1 10.0.0.8 10.0.0.4")
                    .isEqualTo(theirs(network, "one", questions));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void generatedNamesAreOrderedAsByTheLibrary(long seed) throws Exception {
        Random random = new Random(seed);
        GeneratedNames names = new GeneratedNames(random);
        List<HostSpec> hosts = names.hosts();
        String host = hosts.get(random.nextInt(hosts.size())).name();
        try (IsolatedNetwork network = lab.isolation.make(hosts)) {
            List<NameLookup> questions = new ArrayList<>();
            for (int i = 0; i < NAMES; i++) {
                questions.add(names.lookup(hosts, "n" + i));
            }
            awaitMulticast(network, host);
            assertThat(ours(network, host, questions))
                    .as(questions + "")
                    .isEqualTo(theirs(network, host, questions));
        }
    }

    /** The kernel finishes a new interface in the background: its multicast route comes last. */
    private static void awaitMulticast(IsolatedNetwork network, String name) {
        IsolatedHost host = network.host(name, AddressFamily.AF_INET6);
        HostSpec.Interface eth0 = host.spec().eth0();
        if (eth0 != null && eth0.ipv6() != null) {
            int type = SocketType.SOCK_DGRAM;
            int fd = lab.closing(lab.socket(host, AddressFamily.AF_INET6, type));
            Await.until(() -> lab.connect(fd, LabNetwork.inet("ff0e::1", 9)).equals("0"));
        }
    }

    private static List<String> ours(
            IsolatedNetwork network, String host, List<NameLookup> questions) {
        network.setHostsFile(new HostsFile(questions.stream().flatMap(NameLookup::lines).toList()));
        return questions.stream()
                .map(one -> {
                    Netdb.Hints hints =
                            new Netdb.Hints(one.flags(), one.family(), SocketType.SOCK_STREAM, 0);
                    return network.getaddrinfo(host, one.name(), "80", hints).answer()
                                    instanceof Netdb.Answer.Found<List<Netdb.Addrinfo>>(var list)
                            ? list.stream()
                                    .map(ai -> " " + text(ai.addr()))
                                    .collect(Collectors.joining("", one.name() + ":", ""))
                            : one.name() + ":";
                })
                .toList();
    }

    private static String text(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet inet -> inet.text();
            case SocketAddress.Inet6 inet6 -> inet6.text();
            default -> throw new IllegalStateException("no internet address");
        };
    }

    private static List<String> theirs(
            IsolatedNetwork network, String host, List<NameLookup> questions) throws Exception {
        return library.answers(network.host(host, AddressFamily.AF_INET), questions);
    }
}
