package dev.socketlab.network;

import static dev.socketlab.network.LabNetwork.inet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.Await;
import dev.socketlab.OpenFds;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.place.StrayException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** From a session's own network nothing of the machine is reachable, by any kind of socket. */
@Timeout(60)
class SandboxKernelTests {
    private LabNetwork lab;
    private IsolatedHost host;

    @BeforeEach
    void begin() {
        lab = LabNetwork.real();
        IsolatedNetwork network = lab.make("inside", "other");
        lab.closing(network);
        host = network.host("inside", AddressFamily.AF_INET);
    }

    @AfterEach
    void end() {
        if (lab != null) {
            lab.close();
        }
    }

    /** Every address of the machine, its loopback among them. */
    private static List<String> machineAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .map(text -> text.replaceFirst("%.*", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"AF_INET, 0.0.0.0", "AF_INET6, ::"})
    void noServerOfTheMachineIsReached(String family, String wildcard) throws SocketException {
        for (int type : new int[] {SocketType.SOCK_STREAM, SocketType.SOCK_DGRAM}) {
            int server = lab.closing(lab.server(inet(wildcard, 0), type));
            SocketAddress bound = lab.name(server);
            int port =
                    bound instanceof SocketAddress.Inet inet
                            ? inet.port()
                            : ((SocketAddress.Inet6) bound).port();
            int domain = AddressFamily.NAMES.value(family).orElseThrow();
            Stream<String> addresses =
                    machineAddresses().stream()
                            .filter(address -> LabNetwork.domain(address) == domain);
            for (String address : Stream.concat(addresses, Stream.of(wildcard)).toList()) {
                int inside = lab.closing(lab.socket(host, domain, type));
                String connected = lab.connect(inside, inet(address, port));
                if (type == SocketType.SOCK_STREAM) {
                    assertThat(connected)
                            .as(address)
                            .isIn("ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH");
                } else {
                    lab.kernel.send(inside, new byte[] {1}, 0, 1, 0);
                }
                assertThat(LabNetwork.outcome(lab.kernel.recv(server, new byte[1], 1, 0)))
                        .as(address)
                        .isIn("EAGAIN", "ENOTCONN");
            }
            assertThat(LabNetwork.outcome(lab.kernel.accept4(server, OutBuffer.forAddress(), 0)))
                    .isIn("EAGAIN", "EOPNOTSUPP");
        }
    }

    @Test
    void noAbstractNameOfTheMachineIsReached() {
        SocketAddress name =
                new SocketAddress.Unix("\0socketlab-sandbox".getBytes(StandardCharsets.US_ASCII));
        for (int type :
                new int[] {
                    SocketType.SOCK_STREAM, SocketType.SOCK_SEQPACKET, SocketType.SOCK_DGRAM
                }) {
            int server =
                    Math.toIntExact(
                            lab.kernel
                                    .socket(AddressFamily.AF_UNIX, type | 0x80800, 0)
                                    .orThrow("socket"));
            lab.listen(server, name, type);
            if (type == SocketType.SOCK_SEQPACKET) {
                lab.kernel.listen(server, 8).orThrow("listen");
            }
            int inside = lab.closing(lab.socket(host, AddressFamily.AF_UNIX, type));

            assertThat(lab.connect(inside, name)).isEqualTo("ECONNREFUSED");
            assertThat(LabNetwork.outcome(lab.kernel.bind(inside, name.toBytes()))).isEqualTo("0");
            lab.kernel.close(server);
        }
    }

    @Test
    void noInterfaceOfTheMachineIsThere() throws SocketException {
        List<String> machine =
                NetworkInterface.networkInterfaces()
                        .map(NetworkInterface::getName)
                        .filter(name -> !name.equals("lo") && !name.equals("eth0"))
                        .toList();
        String inside = lab.read(host, "/proc/thread-self/net/dev");
        assertThat(machine).allSatisfy(name -> assertThat(inside).doesNotContain(name + ":"));
        int fd = lab.closing(lab.socket(host, AddressFamily.AF_INET, SocketType.SOCK_STREAM));
        for (String name : machine) {
            assertThat(
                            LabNetwork.outcome(
                                    lab.kernel.setsockopt(
                                            fd,
                                            SocketLevel.SOL_SOCKET,
                                            SolSocket.SO_BINDTODEVICE,
                                            name.getBytes(StandardCharsets.US_ASCII))))
                    .isEqualTo("ENODEV");
        }
    }

    /** A lab thread whose way into the namespace does nothing is found out by the cookie. */
    @Test
    void aSocketOfAnotherNamespaceIsClosedAndItsThreadEnds() {
        AtomicReference<SyscallResult> setns = new AtomicReference<>();
        LinuxKernel straying = kernel(setns);
        try (LabNetwork other = new LabNetwork(straying);
                IsolatedNetwork network = other.isolation.make(List.of(HostSpec.LOCALHOST))) {
            List<Thread> labThreads = labThreads();
            Host inside = network.host(null, AddressFamily.AF_INET);
            List<String> before = OpenFds.matching("socket:.*");
            setns.set(new SyscallResult.Success(0));

            assertThatExceptionOfType(StrayException.class)
                    .isThrownBy(() -> inside.socket(2, SocketType.SOCK_STREAM, 0));

            assertThat(OpenFds.matching("socket:.*")).isEqualTo(before);
            setns.set(null);
            Await.until(() -> labThreads.stream().anyMatch(thread -> !thread.isAlive()));
            assertThat(inside.socket(2, SocketType.SOCK_STREAM, 0))
                    .isInstanceOfSatisfying(
                            SyscallResult.Success.class, made -> straying.close(made.intValue()));
        }
    }

    @Test
    void aNamespaceThatCannotBeEnteredIsTheServicesFailure() {
        AtomicReference<SyscallResult> setns = new AtomicReference<>();
        try (LabNetwork other = new LabNetwork(kernel(setns));
                IsolatedNetwork network = other.isolation.make(List.of(HostSpec.LOCALHOST))) {
            Host inside = network.host(null, AddressFamily.AF_INET);
            List<String> before = OpenFds.matching("socket:.*");
            setns.set(new SyscallResult.Failure(new Errno(1)));

            assertThatExceptionOfType(SyscallException.class)
                    .isThrownBy(() -> inside.socket(2, SocketType.SOCK_STREAM, 0))
                    .withMessageContaining("setns: EPERM");

            assertThat(OpenFds.matching("socket:.*")).isEqualTo(before);
            setns.set(null);
        }
    }

    /** The real kernel, but for what setns answers while that is set; it then does nothing. */
    private static LinuxKernel kernel(AtomicReference<SyscallResult> setns) {
        LinuxKernel kernel = Mockito.spy(new LinuxKernel());
        Mockito.doAnswer(
                        call -> {
                            SyscallResult scripted = setns.get();
                            return scripted == null ? call.callRealMethod() : scripted;
                        })
                .when(kernel)
                .setns(Mockito.anyInt(), Mockito.anyInt());
        return kernel;
    }

    private static List<Thread> labThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("lab-"))
                .toList();
    }
}
