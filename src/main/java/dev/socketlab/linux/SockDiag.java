package dev.socketlab.linux;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel's list of sockets, sock_diag(7), in the network namespace in which it was opened.
 * Nothing here waits. Close it when done.
 */
public final class SockDiag implements AutoCloseable {
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int SOCK_DESTROY = 21;
    private static final int HEADER = Netlink.HEADER;
    private static final int REQUEST = (int) Layouts.INET_DIAG_REQ_V2.byteSize();
    private static final int ID = Layouts.offset(Layouts.INET_DIAG_MSG, "id");
    private static final int ID_SIZE = (int) Layouts.INET_DIAG_SOCKID.byteSize();
    private static final int REQUEST_ID = HEADER + Layouts.offset(Layouts.INET_DIAG_REQ_V2, "id");
    private static final int COOKIE = Layouts.offset(Layouts.INET_DIAG_SOCKID, "idiag_cookie");

    private static final int[] FAMILIES = {AddressFamily.AF_INET, AddressFamily.AF_INET6};

    /** The states of a connection, but TIME-WAIT, which ends with its namespace. */
    private static final int CONNECTED =
            ~(1 << TcpState.LISTEN | 1 << TcpState.CLOSE | 1 << TcpState.TIME_WAIT);

    private final Netlink netlink;

    /**
     * Opens the netlink socket, in the network namespace of the calling thread.
     *
     * @throws SyscallException when the kernel gives none
     */
    public SockDiag(Kernel kernel) {
        this.netlink = new Netlink(kernel, Netlink.NETLINK_SOCK_DIAG);
    }

    /** A TCP connection as one of its ends sees it; both addresses are of one family. */
    public record Connection(SocketAddress local, SocketAddress peer) {}

    /**
     * A TCP socket of this machine.
     *
     * @param state a value of {@link TcpState}
     * @param cookie what no other socket ever has, SO_COOKIE
     */
    public record Tcp(int state, long cookie) {}

    /** The TCP socket at the local end of a connection; empty where there is none (any more). */
    public Optional<Tcp> find(Connection connection) {
        ByteBuffer request =
                request(
                        SOCK_DIAG_BY_FAMILY,
                        connection.local().family(),
                        Netlink.NLM_F_REQUEST,
                        -1);
        putEnd(request, connection.local(), 0, 4);
        putEnd(request, connection.peer(), 2, 20);
        request.putLong(REQUEST_ID + COOKIE, -1L);
        return netlink.ask(request).bodies().stream()
                .map(SockDiag::tcp)
                .filter(found -> found.state() != TcpState.LISTEN)
                .findFirst();
    }

    /**
     * The cookies of the sockets that have a local port and a state. Sockets that come or go while
     * the kernel lists them may be missing.
     */
    public Set<Long> cookies(int port, int state) {
        Set<Long> found = new HashSet<>();
        for (int family : FAMILIES) {
            ByteBuffer request = dump(family, 1 << state);
            request.put(REQUEST_ID, (byte) (port >> 8)).put(REQUEST_ID + 1, (byte) port);
            netlink.ask(request).bodies().forEach(answer -> found.add(tcp(answer).cookie()));
        }
        return found;
    }

    /**
     * Aborts every TCP connection of the namespace, RFC 9293 ABORT: those too that were closed and
     * still try to deliver their data. Needs CAP_NET_ADMIN there; without it nothing happens.
     */
    public void abortAll() {
        for (int family : FAMILIES) {
            for (ByteBuffer found : netlink.ask(dump(family, CONNECTED)).bodies()) {
                ByteBuffer request =
                        request(
                                SOCK_DESTROY,
                                family,
                                Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK,
                                -1);
                request.put(REQUEST_ID, found, ID, ID_SIZE);
                netlink.ask(request);
            }
        }
    }

    @Override
    public void close() {
        netlink.close();
    }

    private static ByteBuffer dump(int family, int states) {
        return request(
                SOCK_DIAG_BY_FAMILY, family, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, states);
    }

    private static ByteBuffer request(int type, int family, int flags, int states) {
        return Netlink.message(HEADER + REQUEST, type, flags)
                .put((byte) family)
                .put((byte) IpProtocol.IPPROTO_TCP)
                .putShort((short) 0)
                .putInt(states)
                .position(HEADER + REQUEST);
    }

    private static void putEnd(ByteBuffer request, SocketAddress address, int port, int ip) {
        byte[] sockaddr = address.toBytes();
        boolean ipv4 = address.family() == AddressFamily.AF_INET;
        request.put(REQUEST_ID + port, sockaddr, 2, 2);
        request.put(REQUEST_ID + ip, sockaddr, ipv4 ? 4 : 8, ipv4 ? 4 : 16);
    }

    /** The port of an internet address; -1 for another. */
    public static int port(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet inet -> inet.port();
            case SocketAddress.Inet6 inet6 -> inet6.port();
            case SocketAddress.Unix _, SocketAddress.Other _ -> -1;
        };
    }

    /** An exact question that no connection fits is answered with the listener of its local end. */
    private static Tcp tcp(ByteBuffer answer) {
        int state = answer.get(Layouts.offset(Layouts.INET_DIAG_MSG, "idiag_state"));
        return new Tcp(state, answer.getLong(ID + COOKIE));
    }
}
