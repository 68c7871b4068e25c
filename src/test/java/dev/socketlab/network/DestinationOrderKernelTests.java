package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.Await;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Platform;
import dev.socketlab.linux.SocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final int SMALL_MTU = 1000; // too small for IPv6
    private static final int ADDRCONFIG = AddrinfoFlag.AI_ADDRCONFIG;
    private static final int MAPPED = AddrinfoFlag.AI_V4MAPPED | AddrinfoFlag.AI_ALL;

    private static final String PROGRAM =
            """
            #include <arpa/inet.h>
            #include <netdb.h>
            #include <stdio.h>
            int main(void) {
                char name[256];
                int family, flags;
                while (scanf("%255s %d %d", name, &family, &flags) == 3) {
                    struct addrinfo hints = {.ai_family = family, .ai_flags = flags,
                                             .ai_socktype = SOCK_STREAM}, *list = NULL;
                    if (getaddrinfo(name, "80", &hints, &list) != 0)
                        list = NULL;
                    printf("%s:", name);
                    for (struct addrinfo *ai = list; ai; ai = ai->ai_next) {
                        char text[INET6_ADDRSTRLEN];
                        void *ip = ai->ai_family == AF_INET
                            ? (void *) &((struct sockaddr_in *) ai->ai_addr)->sin_addr
                            : (void *) &((struct sockaddr_in6 *) ai->ai_addr)->sin6_addr;
                        printf(" %s", inet_ntop(ai->ai_family, ip, text, sizeof text));
                    }
                    puts("");
                }
            }
            """;

    @TempDir static Path directory;
    private static LabNetwork lab;
    private static Path program;

    /** A look-up, and the lines of the hosts file that it is answered from. */
    private record Question(String name, int family, int flags, List<String> addresses) {
        static Question of(String name, String... addresses) {
            return new Question(name, AddressFamily.AF_UNSPEC, 0, List.of(addresses));
        }

        Stream<HostsFile.Entry> lines() {
            return addresses.stream()
                    .map(text -> HostsFile.address(text).orElseThrow())
                    .map(address -> new HostsFile.Entry(address, List.of(name)));
        }

        @Override
        public String toString() {
            return name + " " + family + " " + flags;
        }
    }

    @BeforeAll
    static void begin() throws Exception {
        assumeTrue(Platform.HAS_IPV6, "the kernel has no IPv6");
        for (String tool : List.of("gcc", "nsenter", "unshare")) {
            assumeTrue(isThere(tool, "--version"), tool + " is not installed");
        }
        assumeTrue(
                isThere("unshare", "--mount", "mount", "--bind", directory + "", "/etc"),
                "no mount namespace can be made");
        program = directory.resolve("lookups");
        Path source = Files.writeString(directory.resolve("lookups.c"), PROGRAM);
        List<String> compile = List.of("gcc", "-o", program + "", source + "");
        assertThat(run(compile, "")).isEmpty();
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
            List<Question> questions = List.of(Question.of("web", inFile.split(" ")));
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
                        HostSpec.Interface.mac(1), SMALL_MTU, HostSpec.Interface.ipv4(1), null);
        try (IsolatedNetwork network = lab.isolation.make(List.of(new HostSpec("one", eth0)))) {
            List<Question> questions =
                    List.of(Question.of("web", "10.0.0.8", "10.0.0.4", "10.0.0.1", "127.0.0.1"));
            assertThat(ours(network, "one", questions))
                    .containsExactly("web: 127.0.0.1 10.0.0.1 10.0.0.8 10.0.0.4")
                    .isEqualTo(theirs(network, "one", questions));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void generatedNamesAreOrderedAsByTheLibrary(long seed) throws Exception {
        Random random = new Random(seed);
        List<HostSpec> hosts = hosts(random);
        String host = hosts.get(random.nextInt(hosts.size())).name();
        try (IsolatedNetwork network = lab.isolation.make(hosts)) {
            List<Question> questions = new ArrayList<>();
            for (int i = 0; i < NAMES; i++) {
                questions.add(question(random, hosts, "n" + i));
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

    /** One with lo alone, or hosts on networks of any size, with IPv6 or not. */
    private static List<HostSpec> hosts(Random random) {
        if (random.nextInt(6) == 0) {
            return List.of(HostSpec.LOCALHOST);
        }
        List<HostSpec> hosts = new ArrayList<>();
        int second = random.nextInt(4);
        int prefix = 8 + random.nextInt(23);
        int prefix6 = random.nextBoolean() ? 64 : 16 + random.nextInt(113);
        for (int n = 1; n <= 1 + random.nextInt(4); n++) {
            String ipv4 =
                    "10." + second + "." + random.nextInt(2) + "." + (1 + 4 * n) + "/" + prefix;
            String ipv6 = "fd0" + second + ":0:0:" + random.nextInt(4) + "::" + n + "/" + prefix6;
            InterfaceAddress address6 =
                    random.nextInt(4) == 0 ? null : InterfaceAddress.ipv6(ipv6).orElse(null);
            hosts.add(
                    new HostSpec(
                            "h" + n,
                            new HostSpec.Interface(
                                    HostSpec.Interface.mac(n),
                                    address6 == null ? SMALL_MTU : HostSpec.Interface.DEFAULT_MTU,
                                    InterfaceAddress.ipv4(ipv4).orElseThrow(),
                                    address6)));
        }
        return hosts;
    }

    private static Question question(Random random, List<HostSpec> hosts, String name) {
        int[] families = {AddressFamily.AF_UNSPEC, AddressFamily.AF_INET, AddressFamily.AF_INET6};
        int family = families[random.nextInt(families.length)];
        int[] flags = {0, 0, ADDRCONFIG, MAPPED, AddrinfoFlag.AI_V4MAPPED};
        int flag = flags[random.nextInt(flags.length)];
        boolean unlike = // where it asks for IPv4 the library takes ::1 in the file for 127.0.0.1
                family == AddressFamily.AF_INET || flag != 0;
        List<String> addresses = new ArrayList<>();
        int count = 2 + random.nextInt(7);
        while (addresses.size() < count) {
            String address = random.nextBoolean() ? ipv4(random, hosts) : ipv6(random, hosts);
            if (!(unlike && address.equals("::1"))) {
                addresses.add(address);
            }
        }
        return new Question(name, family, flag, addresses);
    }

    private static String ipv4(Random random, List<HostSpec> hosts) {
        HostSpec.Interface eth0 = hosts.get(random.nextInt(hosts.size())).eth0();
        int last = random.nextInt(256);
        String near = eth0 == null ? "127.0.0." + last : eth0.ipv4().host();
        return switch (random.nextInt(10)) {
            case 0, 1 -> near;
            case 2, 3 -> near.replaceFirst("[0-9]+$", "" + last);
            case 4 -> near.replaceFirst("[0-9]+[.][0-9]+$", random.nextInt(4) + "." + last);
            case 5 -> "127." + random.nextInt(2) + ".0." + random.nextInt(4);
            case 6 -> "169.254." + last + ".1";
            case 7 -> "224.0.0." + last;
            case 8 -> List.of("0.0.0.0", "255.255.255.255", "127.0.0.1").get(random.nextInt(3));
            default -> "10." + random.nextInt(256) + "." + last + "." + random.nextInt(256);
        };
    }

    private static String ipv6(Random random, List<HostSpec> hosts) {
        HostSpec.Interface eth0 = hosts.get(random.nextInt(hosts.size())).eth0();
        InterfaceAddress own = eth0 == null ? null : eth0.ipv6();
        String near = own == null ? "::1" : own.host();
        String last = Integer.toHexString(random.nextInt(1 << 16));
        List<String> blocks =
                List.of(
                        "fe80::",
                        "fec0::",
                        "fc00::",
                        "fd00::",
                        "2001::",
                        "2001:db8::",
                        "2002::",
                        "2002:a00:1::",
                        "ff01::",
                        "ff02::",
                        "ff05::",
                        "ff0e::",
                        "::",
                        "::5:",
                        "::10.0.0.");
        return switch (random.nextInt(4)) {
            case 0 -> near;
            case 1 -> near.replaceFirst(":[0-9a-f]*$", ":" + last);
            case 2 -> "::1";
            default -> {
                String block = blocks.get(random.nextInt(blocks.size()));
                yield block.endsWith(".") ? block + random.nextInt(256) : block + last;
            }
        };
    }

    private static List<String> ours(
            IsolatedNetwork network, String host, List<Question> questions) {
        network.setHostsFile(new HostsFile(questions.stream().flatMap(Question::lines).toList()));
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
            IsolatedNetwork network, String host, List<Question> questions) throws Exception {
        Path etc = Files.createTempDirectory(directory, "etc");
        Files.write(
                etc.resolve("hosts"),
                questions.stream()
                        .flatMap(Question::lines)
                        .map(line -> line.addressText() + " " + line.names().getFirst())
                        .toList());
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files\n");
        Files.writeString(etc.resolve("host.conf"), "multi on\n");
        String namespace = namespace(network.host(host, AddressFamily.AF_INET));
        List<String> command =
                List.of(
                        "nsenter",
                        "--net=" + namespace,
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --bind " + etc + " /etc && exec " + program);
        String asked = questions.stream().map(Question::toString).collect(Collectors.joining("\n"));
        return run(command, asked).lines().toList();
    }

    /** The fd of this process that keeps a host's namespace, as another process finds it. */
    private static String namespace(IsolatedHost host) throws IOException {
        String link =
                host.in(() -> {
                    try {
                        return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")) + "";
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
        try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
            Path fd = fds.filter(one -> link(one).equals(link)).findFirst().orElseThrow();
            return "/proc/" + ProcessHandle.current().pid() + "/fd/" + fd.getFileName();
        }
    }

    private static String link(Path fd) {
        try {
            return Files.readSymbolicLink(fd) + "";
        } catch (IOException _) {
            return ""; // the directory's own
        }
    }

    private static boolean isThere(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String run(List<String> command, String input) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
