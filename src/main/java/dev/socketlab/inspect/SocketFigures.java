package dev.socketlab.inspect;

import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.TcpState;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Meminfo;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.linux.TcpInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a socket by itself, without a list of others: options and ioctls.
 *
 * @param tcpInfo struct tcp_info as long as the kernel has it; empty where it is no TCP socket
 * @param accept the accept queue
 * @param dropped packets that it has dropped
 */
public record SocketFigures(byte[] tcpInfo, Queue accept, @Nullable Long dropped, Buffers buffers) {
    private static final int TCP_INFO_SIZE = 512;

    /** Reads them. */
    public static SocketFigures read(Kernel kernel, int fd, SocketKind kind) {
        int protocol = kind.protocol();
        byte[] tcpInfo = protocol == IpProtocol.IPPROTO_TCP ? tcpInfo(kernel, fd) : new byte[0];
        Optional<Meminfo> meminfo = Meminfo.of(kernel, fd);
        return new SocketFigures(
                tcpInfo,
                isListening(tcpInfo)
                        ? new Queue(TcpInfo.unacked(tcpInfo), TcpInfo.sacked(tcpInfo))
                        : Queue.NONE,
                meminfo.map(Meminfo::drops).orElse(null),
                Buffers.read(kernel, fd, protocol, isClosed(tcpInfo), meminfo));
    }

    /** Whether it is a TCP socket. */
    public boolean isTcp() {
        return tcpInfo.length > 0;
    }

    /** Its state, a value of {@link TcpState}; of a TCP socket. */
    public int state() {
        return TcpInfo.state(tcpInfo);
    }

    /** Whether it is a listener. */
    public boolean isListening() {
        return isListening(tcpInfo);
    }

    private static boolean isClosed(byte[] tcpInfo) {
        return tcpInfo.length > 0 && TcpInfo.state(tcpInfo) == TcpState.CLOSE;
    }

    private static boolean isListening(byte[] tcpInfo) {
        return TcpInfo.state(tcpInfo) == TcpState.LISTEN;
    }

    private static byte[] tcpInfo(Kernel kernel, int fd) {
        OutBuffer optval = new OutBuffer(TCP_INFO_SIZE);
        return kernel.getsockopt(fd, IpProtocol.IPPROTO_TCP, IpprotoTcp.TCP_INFO, optval)
                        instanceof Success
                ? optval.bytes()
                : new byte[0];
    }
}
