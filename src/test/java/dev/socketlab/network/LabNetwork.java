package dev.socketlab.network;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.Await;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.OpenFlag;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.policy.SocketPolicy;
import dev.socketlab.readiness.ReadinessLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What makes networks, on the real kernel, and system calls in short. */
final class LabNetwork implements AutoCloseable {
    private static final int FLAGS = SocketFlag.SOCK_NONBLOCK | SocketFlag.SOCK_CLOEXEC;

    final Kernel kernel;
    final ReadinessLoop loop;
    final Isolation isolation;
    private final List<AutoCloseable> closing = new ArrayList<>();

    LabNetwork(Kernel kernel) {
        this.kernel = kernel;
        this.loop = new ReadinessLoop(kernel);
        this.isolation = new Isolation(kernel, loop, new SocketPolicy(true, List.of()));
    }

    /** Skips the test where the machine has no namespaces or no TAP interfaces. */
    static LabNetwork real() {
        LabNetwork network = new LabNetwork(new LinuxKernel());
        if (network.isolation.withoutInterfaces().isPresent()) {
            network.close();
        }
        assumeTrue(
                network.isolation.withoutInterfaces().isEmpty(),
                () -> network.isolation.withoutInterfaces().get().toString());
        return network;
    }

    /** Closes it at the end, the last first. */
    <T extends AutoCloseable> T closing(T one) {
        closing.add(one);
        return one;
    }

    /** Closes a kernel fd at the end. */
    int closing(int fd) {
        closing.add(() -> kernel.close(fd));
        return fd;
    }

    IsolatedNetwork make(String... names) {
        return isolation.make(HostSpec.wired(List.of(names)));
    }

    int socket(Host host, int domain, int type) {
        return Math.toIntExact(host.socket(domain, type | FLAGS, 0).orThrow("socket"));
    }

    /** A socket on the machine, bound, and listening where it is one that can. */
    int server(SocketAddress address, int type) {
        int fd =
                Math.toIntExact(kernel.socket(address.family(), type | FLAGS, 0).orThrow("socket"));
        listen(fd, address, type);
        return fd;
    }

    void listen(int fd, SocketAddress address, int type) {
        kernel.bind(fd, address.toBytes()).orThrow("bind");
        if (type == SocketType.SOCK_STREAM) {
            kernel.listen(fd, 8).orThrow("listen");
        }
    }

    SocketAddress name(int fd) {
        OutBuffer addr = OutBuffer.forAddress();
        kernel.getsockname(fd, addr).orThrow("getsockname");
        return addr.address();
    }

    /** connect(2), waited for: 0, or its errno's name. */
    String connect(int fd, SocketAddress address) {
        SyscallResult result = kernel.connect(fd, address.toBytes());
        if (result.failedWith(Errno.EINPROGRESS)) {
            Await.until(() -> kernel.poll(fd, EpollEvent.EPOLLOUT).orThrow("poll") != 0);
            result = kernel.connect(fd, address.toBytes());
        }
        return outcome(result);
    }

    static String outcome(SyscallResult result) {
        return switch (result) {
            case SyscallResult.Success(long value) -> Long.toString(value);
            case SyscallResult.Failure(Errno errno) -> errno.name();
        };
    }

    /** A file of the host's own, as a thread in its namespace reads it: sysctls all in one read. */
    String read(IsolatedHost host, String path) {
        return host.in(() -> {
            int fd = Math.toIntExact(kernel.open(path, OpenFlag.O_CLOEXEC).orThrow("open"));
            StringBuilder text = new StringBuilder();
            byte[] bytes = new byte[1 << 16];
            for (int n = 1; n > 0; ) {
                n = Math.toIntExact(kernel.read(fd, bytes, bytes.length).orThrow("read"));
                text.append(new String(bytes, 0, n, StandardCharsets.US_ASCII));
            }
            kernel.close(fd);
            return text.toString();
        });
    }

    static SocketAddress inet(String address, int port) {
        return address.contains(":")
                ? SocketAddress.inet6(address, port, 0, 0).orElseThrow()
                : SocketAddress.inet(address, port).orElseThrow();
    }

    static int domain(String address) {
        return address.contains(":") ? AddressFamily.AF_INET6 : AddressFamily.AF_INET;
    }

    @Override
    public void close() {
        for (AutoCloseable one : closing.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        isolation.close();
        loop.close();
    }
}
