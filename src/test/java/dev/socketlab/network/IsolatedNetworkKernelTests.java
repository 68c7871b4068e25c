package dev.socketlab.network;

import static dev.socketlab.network.LabNetwork.inet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.socketlab.Await;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.policy.EgressPolicy;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.OwnPorts;
import dev.socketlab.policy.SocketPolicy;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts, their interfaces and their switch. */
@Timeout(60)
class IsolatedNetworkKernelTests {
    private static final int DGRAM = SocketType.SOCK_DGRAM;

    private LabNetwork lab;

    @BeforeEach
    void begin() {
        lab = LabNetwork.real();
    }

    @AfterEach
    void end() {
        if (lab != null) {
            lab.close();
        }
    }

    private IsolatedNetwork make(HostSpec... hosts) {
        return lab.closing(lab.isolation.make(List.of(hosts)));
    }

    private IsolatedNetwork wired(String... names) {
        return lab.closing(lab.make(names));
    }

    private int socket(Host host, int domain, int type) {
        int fd = lab.socket(host, domain, type);
        lab.closing(fd);
        return fd;
    }

    @Test
    void aHostHasLoAndAnInterfaceAsItWasAskedFor() throws Exception {
        HostSpec.Interface eth0 =
                new HostSpec.Interface(
                        HostSpec.Interface.mac(10),
                        1400,
                        InterfaceAddress.ipv4("192.0.2.7/28").orElseThrow(),
                        InterfaceAddress.ipv6("2001:db8::7/56").orElseThrow());
        IsolatedNetwork network = make(new HostSpec("a", eth0), HostSpec.LOCALHOST);
        IsolatedHost host = network.host("a", AddressFamily.AF_INET);

        assertThat(interfaces(host)).containsExactlyInAnyOrder("lo", "eth0");
        assertThat(interfaces(network.host("localhost", AddressFamily.AF_INET)))
                .containsExactly("lo");
        String ipv6 = lab.read(host, "/proc/thread-self/net/if_inet6");
        assertThat(ipv6)
                .contains("20010db8000000000000000000000007 02 38 00")
                .contains("fe80000000000000000000fffe00000a 02 40 20");
        assertThat(lab.read(host, "/proc/thread-self/net/fib_trie"))
                .contains("192.0.2.0/28", "192.0.2.7", "192.0.2.15");
        assertThat(lab.read(host, "/proc/thread-self/net/route"))
                .doesNotContain("eth0\t00000000"); // no default route
        for (String name : List.of("tcp_max_tw_buckets", "tcp_max_syn_backlog")) {
            String sysctl = "/proc/sys/net/ipv4/" + name;
            assertThat(lab.read(host, sysctl).strip())
                    .as(name)
                    .isEqualTo(Files.readAllLines(Path.of(sysctl)).getFirst());
        }
        assertThat(lab.read(host, "/proc/sys/net/ipv4/ip_unprivileged_port_start").strip())
                .isEqualTo("0");
        assertThat(lab.read(host, "/proc/sys/net/ipv6/conf/eth0/mtu").strip()).isEqualTo("1400");
        assertThat(eth0.macText()).isEqualTo("02:00:00:00:00:0a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.2", "fd00::2"})
    void twoHostsTalkTcpOverTheirSwitch(String address) {
        IsolatedNetwork network = wired("client", "server");
        int domain = LabNetwork.domain(address);
        int listener = socket(network.host("server", domain), domain, SocketType.SOCK_STREAM);
        lab.listen(listener, inet(address, 80), SocketType.SOCK_STREAM);
        int client = socket(network.host("client", domain), domain, SocketType.SOCK_STREAM);

        assertThat(lab.connect(client, inet(address, 80))).isEqualTo("0");
        assertThat(lab.connect(client, inet(address, 80))).isEqualTo("EISCONN");
    }

    @Test
    void theSwitchLearnsWhereAHostIsAndSendsNobodyElseItsFrames() {
        IsolatedNetwork network = wired("a", "b", "c");
        int receiver =
                socket(network.host("b", AddressFamily.AF_INET), AddressFamily.AF_INET, DGRAM);
        lab.listen(receiver, inet("10.0.0.2", 5000), DGRAM);
        int sender = socket(network.host("a", AddressFamily.AF_INET), AddressFamily.AF_INET, DGRAM);
        lab.kernel.connect(sender, inet("10.0.0.2", 5000).toBytes());
        exchange(sender, receiver);
        IsolatedHost third = network.host("c", AddressFamily.AF_INET);
        Await.until(() -> quiet(third));
        long before = received(third);

        for (int i = 0; i < 1000; i++) {
            exchange(sender, receiver);
        }

        assertThat(received(third)).isEqualTo(before);
        assertThat(lab.isolation.switchLoop().frames()).isGreaterThanOrEqualTo(1000);
        assertThat(lab.isolation.switchLoop().lost()).isZero();
    }

    @Test
    void aFrameCostsNoAllocation() {
        IsolatedNetwork network = wired("a", "b");
        int receiver =
                socket(network.host("b", AddressFamily.AF_INET), AddressFamily.AF_INET, DGRAM);
        lab.listen(receiver, inet("10.0.0.2", 5000), DGRAM);
        int sender = socket(network.host("a", AddressFamily.AF_INET), AddressFamily.AF_INET, DGRAM);
        lab.kernel.connect(sender, inet("10.0.0.2", 5000).toBytes());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = switchThread();

        // Until the loop is compiled: the interpreter allocates for a foreign call
        Await.until(() -> {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 2000; i++) {
                exchange(sender, receiver);
            }
            return threads.getThreadAllocatedBytes(thread) == before;
        });
    }

    @Test
    void sessionsWithTheSameAddressesDoNotMeet() {
        IsolatedNetwork one = wired("client", "server");
        IsolatedNetwork other = wired("client", "server");
        int domain = AddressFamily.AF_INET;
        int listener = socket(one.host("server", domain), domain, SocketType.SOCK_STREAM);
        lab.listen(listener, inet("10.0.0.2", 80), SocketType.SOCK_STREAM);
        int client = socket(other.host("client", domain), domain, SocketType.SOCK_STREAM);

        assertThat(lab.connect(client, inet("10.0.0.2", 80))).isEqualTo("ECONNREFUSED");
    }

    @Test
    void theUnixSocketsOfASessionOnTheMachineAreInANamespaceOfItsOwn() {
        SockDiag sockDiag = lab.closing(new SockDiag(lab.kernel));
        MachineHost machine = lab.closing(new MachineHost(lab.kernel, sockDiag));
        EgressPolicy egress = new EgressPolicy(List.of(), new OwnPorts());
        OptionPolicy options = new OptionPolicy(false);
        SocketPolicy sockets = new SocketPolicy(false, List.of());
        MachineNetwork with =
                lab.closing(
                        new MachineNetwork(
                                machine,
                                egress,
                                options,
                                sockets,
                                () -> lab.isolation.make(List.of(HostSpec.LOCALHOST))));
        MachineNetwork without =
                lab.closing(new MachineNetwork(machine, egress, options, sockets, null));
        SocketAddress name =
                new SocketAddress.Unix("\0socketlab-test".getBytes(StandardCharsets.US_ASCII));
        int listener = lab.server(name, SocketType.SOCK_STREAM);
        lab.closing(listener);
        int unix = AddressFamily.AF_UNIX;

        int inside = socket(with.host(null, unix), unix, SocketType.SOCK_STREAM);
        int outside = socket(without.host(null, unix), unix, SocketType.SOCK_STREAM);

        assertThat(lab.connect(inside, name)).isEqualTo("ECONNREFUSED");
        assertThat(lab.connect(outside, name)).isEqualTo("0");
        assertThat(with.host(null, AddressFamily.AF_INET)).isSameAs(machine);
    }

    private void exchange(int sender, int receiver) {
        lab.kernel.send(sender, new byte[64], 0, 64, 0).orThrow("send");
        byte[] bytes = new byte[64];
        Await.until(() -> lab.kernel.recv(receiver, bytes, 64, 0) instanceof SyscallResult.Success);
    }

    /** Whether its interface has had no frame for a little: what IPv6 says at the start is over. */
    private boolean quiet(IsolatedHost host) {
        long before = received(host);
        long until = System.nanoTime() + 50_000_000;
        Await.until(() -> System.nanoTime() > until);
        return received(host) == before;
    }

    private long received(IsolatedHost host) {
        return lab.read(host, "/proc/thread-self/net/dev")
                .lines()
                .filter(line -> line.contains("eth0:"))
                .map(line -> line.trim().split("\\s+")[2])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private List<String> interfaces(IsolatedHost host) {
        return lab.read(host, "/proc/thread-self/net/dev")
                .lines()
                .filter(line -> line.contains(":"))
                .map(line -> line.trim().split(":")[0])
                .toList();
    }

    private static long switchThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("switch"))
                .mapToLong(Thread::threadId)
                .max()
                .orElseThrow();
    }
}
