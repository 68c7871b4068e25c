package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.TcpState;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The kernel's list of sockets, sock_diag(7), in the network namespace in which it was opened.
 * Nothing here waits. Close it when done.
 */
public final class SockDiag implements AutoCloseable {
    /** Lists the sockets of both versions of IP, where the other kind of question asks of one. */
    private static final int TCPDIAG_GETSOCK = 18;

    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int SOCK_DESTROY = 21;
    private static final int INET_DIAG_SKV6ONLY = 11;
    private static final int HEADER = Netlink.HEADER;
    private static final int REQUEST = (int) Layouts.INET_DIAG_REQ_V2.byteSize();
    private static final int LIST_REQUEST = (int) Layouts.INET_DIAG_REQ.byteSize();
    private static final int LIST_ID = HEADER + Layouts.offset(Layouts.INET_DIAG_REQ, "id");
    private static final int LIST_STATES =
            HEADER + Layouts.offset(Layouts.INET_DIAG_REQ, "idiag_states");
    private static final int FAMILY = Layouts.offset(Layouts.INET_DIAG_MSG, "idiag_family");
    private static final int STATE = Layouts.offset(Layouts.INET_DIAG_MSG, "idiag_state");
    private static final int RQUEUE = Layouts.offset(Layouts.INET_DIAG_MSG, "idiag_rqueue");
    private static final int WQUEUE = Layouts.offset(Layouts.INET_DIAG_MSG, "idiag_wqueue");
    private static final int INODE = Layouts.offset(Layouts.INET_DIAG_MSG, "idiag_inode");
    private static final int ID = Layouts.offset(Layouts.INET_DIAG_MSG, "id");
    private static final int ID_SIZE = (int) Layouts.INET_DIAG_SOCKID.byteSize();
    private static final int REQUEST_ID = HEADER + Layouts.offset(Layouts.INET_DIAG_REQ_V2, "id");
    private static final int DPORT = Layouts.offset(Layouts.INET_DIAG_SOCKID, "idiag_dport");
    private static final int SRC = Layouts.offset(Layouts.INET_DIAG_SOCKID, "idiag_src");
    private static final int DST = Layouts.offset(Layouts.INET_DIAG_SOCKID, "idiag_dst");
    private static final int IF = Layouts.offset(Layouts.INET_DIAG_SOCKID, "idiag_if");
    private static final int COOKIE = Layouts.offset(Layouts.INET_DIAG_SOCKID, "idiag_cookie");

    /**
     * Every state of a connection, and LISTEN; not the kernel's own state of what is bound and no
     * more, for which it would walk through another table of the whole machine.
     */
    public static final int ALL = TcpState.bit(TcpState.NEW_SYN_RECV + 1) - 2;

    /** Every state but LISTEN. */
    public static final int NOT_LISTENING = ALL & ~TcpState.bit(TcpState.LISTEN);

    /** The states of a connection, but TIME-WAIT, which ends with its namespace. */
    private static final int CONNECTED =
            NOT_LISTENING & ~TcpState.bit(TcpState.CLOSE) & ~TcpState.bit(TcpState.TIME_WAIT);

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
     * A TCP socket, or a request of which there is no socket yet.
     *
     * @param state a value of {@link TcpState}
     * @param device the index of the interface that it is bound to; 0 for none
     * @param inode of the file that an fd refers to; 0 where it has none (any more, or yet)
     * @param cookie what no other socket ever has, SO_COOKIE
     * @param v6only a listener that takes no IPv4
     * @param rqueue bytes to be received; of a listener, the connections in its accept queue
     * @param wqueue bytes not acknowledged; of a listener, the limit of that queue
     */
    public record Tcp(
            int state,
            SocketAddress local,
            SocketAddress peer,
            int device,
            long inode,
            long cookie,
            boolean v6only,
            long rqueue,
            long wqueue) {}

    /**
     * The TCP socket at the local end of a connection; empty where there is none (any more). An
     * exact question that no connection fits is answered with the listener of its local end.
     */
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
        for (ByteBuffer answer : dump(TcpState.bit(state), port)) {
            found.add(answer.getLong(ID + COOKIE));
        }
        return found;
    }

    /**
     * The TCP sockets of the namespace, and the requests for connections.
     *
     * @param states which, as {@link TcpState#bit}
     * @param port the local port; 0 for any
     */
    public List<Tcp> list(int states, int port) {
        return dump(states, port).stream().map(SockDiag::tcp).toList();
    }

    /**
     * Aborts every TCP connection of the namespace, RFC 9293 ABORT: those too that were closed and
     * still try to deliver their data. Needs CAP_NET_ADMIN there; without it nothing happens.
     */
    public void abortAll() {
        for (ByteBuffer found : dump(CONNECTED, 0)) {
            ByteBuffer request =
                    request(
                            SOCK_DESTROY,
                            found.get(FAMILY),
                            Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK,
                            -1);
            request.put(REQUEST_ID, found, ID, ID_SIZE);
            netlink.ask(request);
        }
    }

    /**
     * A UNIX socket of the namespace; empty where there is none such, and on a kernel that has no
     * unix_diag.
     *
     * @param inode of the file that an fd refers to
     * @param cookie SO_COOKIE
     */
    public Optional<UnixDiag> unix(long inode, long cookie) {
        return netlink.ask(UnixDiag.request(SOCK_DIAG_BY_FAMILY, inode, cookie)).bodies().stream()
                .map(UnixDiag::of)
                .findFirst();
    }

    /** The UNIX socket of an fd, as the kernel lists it; empty where it lists none such. */
    public Optional<UnixDiag> unix(Kernel kernel, int fd) {
        return unix(Statx.inode(kernel, fd), SocketCookie.of(kernel, fd));
    }

    @Override
    public void close() {
        netlink.close();
    }

    private List<ByteBuffer> dump(int states, int port) {
        int flags = Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP;
        ByteBuffer request =
                Netlink.message(HEADER + LIST_REQUEST, TCPDIAG_GETSOCK, flags)
                        .putInt(LIST_STATES, states)
                        .position(HEADER + LIST_REQUEST);
        request.put(LIST_ID, (byte) (port >> 8)).put(LIST_ID + 1, (byte) port);
        return netlink.ask(request).bodies();
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
            case SocketAddress.Unix _, SocketAddress.Packet _, SocketAddress.Other _ -> -1;
        };
    }

    private static Tcp tcp(ByteBuffer answer) {
        int family = answer.get(FAMILY);
        int device = answer.getInt(ID + IF);
        byte[] v6only =
                Netlink.attributes(answer, Layouts.INET_DIAG_MSG)
                        .getOrDefault(INET_DIAG_SKV6ONLY, new byte[1]);
        return new Tcp(
                answer.get(STATE),
                end(answer, family, ID, ID + SRC, device),
                end(answer, family, ID + DPORT, ID + DST, device),
                device,
                Integer.toUnsignedLong(answer.getInt(INODE)),
                answer.getLong(ID + COOKIE),
                v6only[0] != 0,
                Integer.toUnsignedLong(answer.getInt(RQUEUE)),
                Integer.toUnsignedLong(answer.getInt(WQUEUE)));
    }

    private static SocketAddress end(
            ByteBuffer answer, int family, int portAt, int ipAt, int device) {
        int port = (answer.get(portAt) & 0xff) << 8 | (answer.get(portAt + 1) & 0xff);
        byte[] ip = new byte[family == AddressFamily.AF_INET ? 4 : 16];
        answer.get(ipAt, ip);
        return SocketAddress.ofIp(ip, port) instanceof SocketAddress.Inet6 inet6
                        && isLinkLocal(inet6)
                ? new SocketAddress.Inet6(inet6.high(), inet6.low(), port, 0, device)
                : SocketAddress.ofIp(ip, port);
    }

    /** fe80::/10, RFC 4291 2.5.6. */
    private static boolean isLinkLocal(SocketAddress.Inet6 address) {
        return address.high() >>> 54 == 0x3fa;
    }
}
