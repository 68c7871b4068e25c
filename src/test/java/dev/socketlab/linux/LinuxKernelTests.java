package dev.socketlab.linux;

import static dev.socketlab.abi.AddressFamily.AF_INET;
import static dev.socketlab.abi.AddressFamily.AF_INET6;
import static dev.socketlab.abi.AddressFamily.AF_UNIX;
import static dev.socketlab.abi.SocketFlag.SOCK_CLOEXEC;
import static dev.socketlab.abi.SocketFlag.SOCK_NONBLOCK;
import static dev.socketlab.abi.SocketType.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollFlag;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.EventfdFlag;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.NameinfoFlag;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.abi.TcpState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each system call once on real sockets: that its name, arguments and errno are bound rightly. */
class LinuxKernelTests {
    private final Kernel kernel = new LinuxKernel();
    private final List<Integer> open = new ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(kernel::close);
    }

    private int opened(SyscallResult result) {
        int fd = Math.toIntExact(result.orThrow("opening"));
        open.add(fd);
        return fd;
    }

    private int socket(int domain) {
        return opened(kernel.socket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    }

    private SocketAddress name(int fd) {
        OutBuffer addr = OutBuffer.forAddress();
        assertThat(kernel.getsockname(fd, addr)).isEqualTo(new SyscallResult.Success(0));
        SocketAddress address = addr.address();
        assertThat(address).isNotNull();
        return address;
    }

    private int listener() {
        int fd = socket(AF_INET);
        SocketAddress any = SocketAddress.inet("127.0.0.1", 0).orElseThrow();
        assertThat(kernel.bind(fd, any.toBytes())).isEqualTo(new SyscallResult.Success(0));
        assertThat(kernel.listen(fd, 8)).isEqualTo(new SyscallResult.Success(0));
        return fd;
    }

    @Test
    void aConnectionIsMadeAndCarriesBytesBothWays() {
        int listener = listener();
        int client = socket(AF_INET);
        SyscallResult connecting = kernel.connect(client, name(listener).toBytes());
        assertThat(connecting.failedWith(Errno.EINPROGRESS)).isTrue();
        OutBuffer peer = OutBuffer.forAddress();
        int server = opened(kernel.accept4(listener, peer, SOCK_NONBLOCK | SOCK_CLOEXEC));
        assertThat(peer.address()).isEqualTo(name(client));
        OutBuffer peername = OutBuffer.forAddress();
        kernel.getpeername(client, peername);
        assertThat(peername.address()).isEqualTo(name(listener));

        byte[] data = "-hello-".getBytes(StandardCharsets.US_ASCII);
        assertThat(kernel.send(client, data, 1, 5, 0)).isEqualTo(new SyscallResult.Success(5));
        byte[] buf = new byte[16];
        assertThat(kernel.ioctl(server, Ioctl.SIOCINQ)).isEqualTo(new SyscallResult.Success(5));
        assertThat(kernel.poll(server, EpollEvent.EPOLLIN | EpollEvent.EPOLLOUT))
                .isEqualTo(new SyscallResult.Success(EpollEvent.EPOLLIN | EpollEvent.EPOLLOUT));
        assertThat(kernel.recv(server, buf, 2, 0)).isEqualTo(new SyscallResult.Success(2));
        assertThat(kernel.read(server, buf, 16)).isEqualTo(new SyscallResult.Success(3));
        assertThat(new String(buf, 0, 3, StandardCharsets.US_ASCII)).isEqualTo("llo");
        assertThat(kernel.recv(server, buf, 16, 0).failedWith(Errno.EAGAIN)).isTrue();
        assertThat(kernel.write(server, data, 0, 7)).isEqualTo(new SyscallResult.Success(7));
        assertThat(kernel.shutdown(server, ShutdownHow.SHUT_WR))
                .isEqualTo(new SyscallResult.Success(0));
        assertThat(kernel.recv(client, buf, 16, 0)).isEqualTo(new SyscallResult.Success(7));
        assertThat(kernel.recv(client, buf, 16, 0)).isEqualTo(new SyscallResult.Success(0));
    }

    @Test
    void errnoIsThatOfTheVeryCall() {
        byte[] addr = SocketAddress.inet("127.0.0.1", 0).orElseThrow().toBytes();
        assertThat(kernel.bind(-1, addr).failedWith(Errno.EBADF)).isTrue();
        assertThat(kernel.listen(-1, 0).failedWith(Errno.EBADF)).isTrue();
        assertThat(kernel.close(-1).failedWith(Errno.EBADF)).isTrue();
        assertThat(kernel.fcntl(-1, FcntlCommand.F_GETFL, 0).failedWith(Errno.EBADF)).isTrue();
        assertThat(kernel.ioctl(-1, Ioctl.SIOCINQ).failedWith(Errno.EBADF)).isTrue();
        assertThat(kernel.shutdown(socket(AF_INET), 9).failedWith(Errno.EINVAL)).isTrue();
        assertThat(kernel.socket(AF_INET, 75, 0).failedWith(Errno.EINVAL)).isTrue();
    }

    @Test
    void optionsAndFlagsAreSetAndRead() {
        int fd = socket(AF_INET6);
        byte[] on = {1, 0, 0, 0};
        assertThat(kernel.setsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_REUSEADDR, on))
                .isEqualTo(new SyscallResult.Success(0));
        OutBuffer value = new OutBuffer(4);
        kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_REUSEADDR, value);
        assertThat(value.bytes()).containsExactly(1, 0, 0, 0);
        assertThat(kernel.fcntl(fd, FcntlCommand.F_GETFL, 0))
                .isEqualTo(new SyscallResult.Success(StatusFlag.O_RDWR | StatusFlag.O_NONBLOCK));
    }

    @Test
    void epollReportsTheDataItWasGiven() {
        int epfd = opened(kernel.epoll_create1(EpollFlag.EPOLL_CLOEXEC));
        int event = opened(kernel.eventfd(0, EventfdFlag.EFD_CLOEXEC | EventfdFlag.EFD_NONBLOCK));
        long data = 0x1122334455667788L;
        kernel.epoll_ctl(epfd, EpollOperation.EPOLL_CTL_ADD, event, EpollEvent.EPOLLIN, data)
                .orThrow("add");
        EpollEvents events = new EpollEvents(4);
        assertThat(kernel.epoll_wait(epfd, events, 0)).isEqualTo(new SyscallResult.Success(0));

        kernel.write(event, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, 0, 8).orThrow("write");

        assertThat(kernel.epoll_wait(epfd, events, -1)).isEqualTo(new SyscallResult.Success(1));
        assertThat(events.events(0)).isEqualTo(EpollEvent.EPOLLIN);
        assertThat(events.data(0)).isEqualTo(data);
        kernel.epoll_ctl(epfd, EpollOperation.EPOLL_CTL_DEL, event, 0, 0).orThrow("del");
        assertThat(kernel.epoll_wait(epfd, events, 0)).isEqualTo(new SyscallResult.Success(0));
    }

    @Test
    void namesAreFoundOrTheirCodeIsGiven() {
        Netdb.Hints stream = new Netdb.Hints(0, AF_INET, SOCK_STREAM, 0);
        assertThat(Netdb.getaddrinfo("127.0.0.1", "80", stream))
                .isInstanceOfSatisfying(
                        Netdb.Answer.Found.class,
                        found ->
                                assertThat(found.value())
                                        .asString()
                                        .contains("socktype=1, protocol=6", "port=80"));
        Netdb.Hints numeric = new Netdb.Hints(AddrinfoFlag.AI_NUMERICHOST, 0, 0, 0);
        assertThat(Netdb.getaddrinfo("no-number", null, numeric))
                .isInstanceOfSatisfying(
                        Netdb.Answer.Failed.class,
                        failed -> assertThat(failed.eai()).isEqualTo(AddrinfoError.EAI_NONAME));
        int flags = NameinfoFlag.NI_NUMERICHOST | NameinfoFlag.NI_NUMERICSERV;
        assertThat(Netdb.getnameinfo(SocketAddress.inet("127.0.0.1", 7).orElseThrow(), flags))
                .isEqualTo(new Netdb.Answer.Found<>(new Netdb.Nameinfo("127.0.0.1", "7")));
        assertThat(Netdb.text(AddrinfoError.EAI_NONAME)).isEqualTo("Name or service not known");
    }

    @Test
    void sockDiagTellsTheStateOfAConnectionAndWhenItIsGone() {
        try (SockDiag diag = new SockDiag(kernel)) {
            int listener = listener();
            int client = socket(AF_INET);
            kernel.connect(client, name(listener).toBytes());
            OutBuffer peer = OutBuffer.forAddress();
            int server = opened(kernel.accept4(listener, peer, SOCK_NONBLOCK | SOCK_CLOEXEC));
            SockDiag.Connection connection = new SockDiag.Connection(name(listener), name(client));
            int port = SockDiag.port(name(listener));
            long cookie = diag.find(connection).orElseThrow().cookie();
            assertThat(diag.find(connection).orElseThrow().state()).isEqualTo(TcpState.ESTABLISHED);
            assertThat(diag.cookies(port, TcpState.ESTABLISHED)).containsExactly(cookie);

            kernel.shutdown(client, ShutdownHow.SHUT_WR);
            SockDiag.Tcp found = diag.find(connection).orElseThrow();
            assertThat(found.state()).isEqualTo(TcpState.CLOSE_WAIT);
            assertThat(found.cookie()).isEqualTo(cookie);
            assertThat(found.local()).isEqualTo(name(listener));
            assertThat(found.peer()).isEqualTo(name(client));
            assertThat(diag.cookies(port, TcpState.ESTABLISHED)).isEmpty();

            kernel.close(server);
            open.remove((Integer) server);
            kernel.close(client);
            open.remove((Integer) client);
            assertThat(diag.find(connection)).isEmpty();
        }
    }

    @Test
    void theWayToLoopbackIsLo() {
        try (Routes routes = new Routes(kernel)) {
            for (String ip : List.of("127.0.0.1", "::1")) {
                SocketAddress to =
                        ip.contains(":")
                                ? SocketAddress.inet6(ip, 0, 0, 0).orElseThrow()
                                : SocketAddress.inet(ip, 0).orElseThrow();
                Routes.Route route = routes.route(to, null, 0).orElseThrow();
                assertThat(route).isEqualTo(new Routes.Route(to, 1, "lo", to));
                assertThat(routes.route(to, to, 1)).hasValue(route);
            }
            SocketAddress nowhere = SocketAddress.inet("240.0.0.1", 0).orElseThrow();
            SocketAddress foreign = SocketAddress.inet("192.0.2.77", 0).orElseThrow();
            assertThat(routes.route(nowhere, foreign, 0)).isEmpty();
        }
    }

    @Test
    void sockDiagListsWhatIsOnAPort() {
        try (SockDiag diag = new SockDiag(kernel)) {
            int listener = listener();
            int client = socket(AF_INET);
            kernel.connect(client, name(listener).toBytes());
            int port = SockDiag.port(name(listener));
            List<SockDiag.Tcp> all = diag.list(-1, port);
            assertThat(all)
                    .extracting(SockDiag.Tcp::state)
                    .containsExactlyInAnyOrder(TcpState.LISTEN, TcpState.ESTABLISHED);
            SockDiag.Tcp listening = diag.list(TcpState.bit(TcpState.LISTEN), port).getFirst();
            assertThat(listening.inode()).isEqualTo(Statx.inode(kernel, listener));
            assertThat(listening.rqueue()).isEqualTo(1);
            assertThat(diag.list(SockDiag.NOT_LISTENING, port).getFirst().inode())
                    .as("nobody has accepted it")
                    .isZero();
        }
    }

    @Test
    void sockDiagTellsTheStateAndTheQueueOfAUnixSocket() {
        try (SockDiag diag = new SockDiag(kernel)) {
            int listener = socket(AF_UNIX);
            kernel.bind(listener, new SocketAddress.Unix(new byte[0]).toBytes()).orThrow("bind");
            kernel.listen(listener, 7).orThrow("listen");
            int client = socket(AF_UNIX);
            kernel.connect(client, name(listener).toBytes()).orThrow("connect");
            long inode = Statx.inode(kernel, listener);
            long cookie = SocketCookie.of(kernel, listener);
            assertThat(diag.unix(inode, cookie)).hasValue(new UnixDiag(TcpState.LISTEN, 1, 7, 0));
            assertThat(diag.unix(inode, SocketCookie.of(kernel, client)))
                    .as("the cookie is not this socket's")
                    .isEmpty();
            assertThat(diag.unix(0xffffffffL, cookie)).as("as without unix_diag").isEmpty();

            long connected = Statx.inode(kernel, client);
            assertThat(diag.unix(connected, SocketCookie.of(kernel, client)))
                    .hasValue(new UnixDiag(TcpState.ESTABLISHED, 0, 0, 0));
        }
    }

    @Test
    void theNamespacesCountersAreThereAndCanBeReadAgain() {
        try (Netstat netstat = new Netstat(kernel)) {
            Netstat.Listening before = netstat.listening();
            assertThat(netstat.listening().minus(before).listenDrops()).isNotNegative();
            assertThat(before.minus(before)).isEqualTo(Netstat.Listening.NOTHING);
            assertThat(before.plus(Netstat.Listening.NOTHING)).isEqualTo(before);
        }
    }

    @Test
    void theMemoryOfASocketHasItsBuffers() {
        int fd = socket(AF_INET);
        OutBuffer sndbuf = new OutBuffer(Integer.BYTES);
        kernel.getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_SNDBUF, sndbuf);
        assertThat(Meminfo.of(kernel, fd).orElseThrow().sndbuf())
                .isEqualTo(ByteBuffer.wrap(sndbuf.bytes()).order(ByteOrder.nativeOrder()).getInt());
        assertThat(Meminfo.of(kernel, -1)).isEmpty();
    }
}
