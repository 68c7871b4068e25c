package dev.socketlab.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The kernel's list of sockets, sock_diag(7), asked over one netlink socket. A question is answered
 * before send(2) returns, so nothing here waits; one thread at a time asks. Close it when done.
 */
public final class SockDiag implements AutoCloseable {
    private static final int AF_NETLINK = AddressFamily.AF_NETLINK;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int NLM_F_REQUEST = 0x1;
    private static final int NLM_F_DUMP = 0x300;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int HEADER = (int) Layouts.NLMSGHDR.byteSize();
    private static final int REQUEST = (int) Layouts.INET_DIAG_REQ_V2.byteSize();
    private static final int ID = Layouts.offset(Layouts.INET_DIAG_MSG, "id");
    private static final int REQUEST_ID = HEADER + Layouts.offset(Layouts.INET_DIAG_REQ_V2, "id");
    private static final int COOKIE = Layouts.offset(Layouts.INET_DIAG_SOCKID, "idiag_cookie");
    private static final int TYPE = Layouts.offset(Layouts.NLMSGHDR, "nlmsg_type");
    private static final int FLAGS = Layouts.offset(Layouts.NLMSGHDR, "nlmsg_flags");
    private static final int RECEIVE_SIZE = 32768;

    private final Kernel kernel;
    private final int netlink;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private int sequence;

    /**
     * Opens the netlink socket, in the network namespace of the calling thread.
     *
     * @throws SyscallException when the kernel gives none
     */
    public SockDiag(Kernel kernel) {
        this.kernel = kernel;
        int type = SocketType.SOCK_RAW | SocketFlag.SOCK_CLOEXEC | SocketFlag.SOCK_NONBLOCK;
        this.netlink =
                Math.toIntExact(
                        kernel.socket(AF_NETLINK, type, NETLINK_SOCK_DIAG).orThrow("socket"));
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
        ByteBuffer request = request(connection.local().family(), NLM_F_REQUEST, -1);
        putEnd(request, connection.local(), 0, 4);
        putEnd(request, connection.peer(), 2, 20);
        request.putLong(REQUEST_ID + COOKIE, -1L);
        oneAtATime.lock();
        try {
            return ask(request).stream()
                    .map(SockDiag::tcp)
                    .filter(found -> found.state() != TcpState.LISTEN)
                    .findFirst();
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * The cookies of the sockets that have a local port and a state. Sockets that come or go while
     * the kernel lists them may be missing.
     */
    public Set<Long> cookies(int port, int state) {
        Set<Long> found = new HashSet<>();
        for (int family : new int[] {AddressFamily.AF_INET, AddressFamily.AF_INET6}) {
            ByteBuffer request = request(family, NLM_F_REQUEST | NLM_F_DUMP, 1 << state);
            request.put(REQUEST_ID, (byte) (port >> 8)).put(REQUEST_ID + 1, (byte) port);
            oneAtATime.lock();
            try {
                ask(request).forEach(answer -> found.add(tcp(answer).cookie()));
            } finally {
                oneAtATime.unlock();
            }
        }
        return found;
    }

    @Override
    public void close() {
        kernel.close(netlink);
    }

    private static ByteBuffer request(int family, int flags, int states) {
        ByteBuffer request = ByteBuffer.allocate(HEADER + REQUEST).order(ByteOrder.nativeOrder());
        request.putInt(HEADER + REQUEST)
                .putShort((short) SOCK_DIAG_BY_FAMILY)
                .putShort((short) flags)
                .putInt(0)
                .putInt(0);
        request.put((byte) family).put((byte) IpProtocol.IPPROTO_TCP).put((byte) 0).put((byte) 0);
        request.putInt(states);
        return request;
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

    /** Sends a request and gives the bodies of its answers, none where the kernel has none. */
    private List<ByteBuffer> ask(ByteBuffer request) {
        sequence++;
        request.putInt(Layouts.offset(Layouts.NLMSGHDR, "nlmsg_seq"), sequence);
        byte[] question = new byte[request.capacity()];
        request.get(0, question);
        kernel.send(netlink, question, 0, question.length, 0).orThrow("send");
        boolean dump = (request.getShort(FLAGS) & NLM_F_DUMP) != 0;
        List<ByteBuffer> bodies = new ArrayList<>();
        boolean more = true;
        while (more) {
            byte[] bytes = new byte[RECEIVE_SIZE];
            int length =
                    Math.toIntExact(kernel.recv(netlink, bytes, bytes.length, 0).orThrow("recv"));
            more = read(ByteBuffer.wrap(bytes, 0, length), dump, bodies);
        }
        return bodies;
    }

    /**
     * Takes the answers to the last question out of what was received, leaving those to an earlier
     * one that was given up; answers whether more are to come.
     */
    private boolean read(ByteBuffer received, boolean dump, List<ByteBuffer> bodies) {
        ByteBuffer messages = received.order(ByteOrder.nativeOrder());
        boolean more = messages.hasRemaining();
        while (messages.remaining() >= HEADER) {
            int start = messages.position();
            int size = messages.getInt(start);
            int type = messages.getShort(start + TYPE);
            if (messages.getInt(start + Layouts.offset(Layouts.NLMSGHDR, "nlmsg_seq"))
                    == sequence) {
                if (type == NLMSG_DONE || type == NLMSG_ERROR) {
                    more = false;
                } else {
                    more &= dump;
                    bodies.add(
                            messages.slice(start + HEADER, size - HEADER)
                                    .order(ByteOrder.nativeOrder()));
                }
            }
            messages.position(Math.min(messages.limit(), start + ((size + 3) & ~3)));
        }
        return more;
    }
}
