package dev.socketlab.inspect;

import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.TcpState;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Meminfo;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.linux.TcpInfo;
import dev.socketlab.linux.UnixDiag;
import dev.socketlab.place.StrayException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a socket by itself, without a list of others: options and ioctls, and of
 * a UNIX socket sock_diag(7).
 *
 * @param tcpInfo struct tcp_info as long as the kernel has it; empty where it is no TCP socket
 * @param state a value of {@link TcpState}, which UNIX sockets have too; null where the kernel says
 *     none
 * @param accept the accept queue
 * @param dropped packets that it has dropped
 */
public record SocketFigures(
        byte[] tcpInfo,
        @Nullable Integer state,
        Queue accept,
        @Nullable Long dropped,
        Buffers buffers) {
    private static final int TCP_INFO_SIZE = 512;

    /** What the kernel says of a socket's connection; of a listener, with its accept queue. */
    private record Connection(byte[] tcpInfo, @Nullable Integer state, Queue accept) {
        static final Connection NONE = new Connection(new byte[0], null, Queue.NONE);

        static Connection of(byte[] tcpInfo, int state, long depth, long limit) {
            return new Connection(
                    tcpInfo,
                    state,
                    state == TcpState.LISTEN ? new Queue(depth, limit) : Queue.NONE);
        }
    }

    /**
     * Reads them.
     *
     * @param sockDiag of the network namespace that the socket was made in
     */
    public static SocketFigures read(
            Kernel kernel, Supplier<SockDiag> sockDiag, int fd, SocketKind kind) {
        Connection connection =
                kind.isUnix()
                        ? unix(kernel, sockDiag, fd)
                        : kind.protocol() == IpProtocol.IPPROTO_TCP
                                ? tcp(kernel, fd)
                                : Connection.NONE;
        Optional<Meminfo> meminfo = Meminfo.of(kernel, fd);
        boolean closed =
                connection.tcpInfo().length > 0
                        && TcpInfo.state(connection.tcpInfo()) == TcpState.CLOSE;
        return new SocketFigures(
                connection.tcpInfo(),
                connection.state(),
                connection.accept(),
                meminfo.map(Meminfo::drops).orElse(null),
                Buffers.read(kernel, fd, kind.protocol(), closed, meminfo));
    }

    /** Whether it is a TCP socket. */
    public boolean isTcp() {
        return tcpInfo.length > 0;
    }

    /** Whether it is a listener. */
    public boolean isListening() {
        return state != null && state == TcpState.LISTEN;
    }

    private static Connection tcp(Kernel kernel, int fd) {
        OutBuffer optval = new OutBuffer(TCP_INFO_SIZE);
        if (!(kernel.getsockopt(fd, IpProtocol.IPPROTO_TCP, IpprotoTcp.TCP_INFO, optval)
                instanceof Success)) {
            return Connection.NONE;
        }
        byte[] info = optval.bytes();
        return Connection.of(
                info, TcpInfo.state(info), TcpInfo.unacked(info), TcpInfo.sacked(info));
    }

    /** None where it cannot be asked, as the service has no file descriptor left for that. */
    private static Connection unix(Kernel kernel, Supplier<SockDiag> sockDiag, int fd) {
        try {
            return sockDiag.get()
                    .unix(kernel, fd)
                    .map(SocketFigures::connection)
                    .orElse(Connection.NONE);
        } catch (SyscallException | StrayException _) {
            return Connection.NONE;
        }
    }

    private static Connection connection(UnixDiag unix) {
        return Connection.of(new byte[0], unix.state(), unix.rqueue(), unix.wqueue());
    }
}
