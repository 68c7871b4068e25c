package dev.socketlab.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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
    private static final int RECEIVE_SIZE = 32768;

    private final Kernel kernel;
    private final int netlink;
    private final ReentrantLock oneAtATime = new ReentrantLock();

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
     * The state of the TCP socket at the local end of a connection, a value of {@link TcpState};
     * empty where there is no such socket (any more).
     */
    public OptionalInt state(Connection connection) {
        ByteBuffer request = request(connection.local().family(), NLM_F_REQUEST, -1);
        putEnd(request, connection.local(), 0, 4);
        putEnd(request, connection.peer(), 2, 20);
        request.putLong(HEADER + Layouts.offset(Layouts.INET_DIAG_REQ_V2, "id") + 40, -1L);
        oneAtATime.lock();
        try {
            List<ByteBuffer> answers = ask(request);
            return answers.isEmpty() || isListener(answers.getFirst())
                    ? OptionalInt.empty()
                    : OptionalInt.of(stateOf(answers.getFirst()));
        } finally {
            oneAtATime.unlock();
        }
    }

    /** The connections to a local port whose peer has closed and whose local end has not. */
    public List<Connection> closeWait(int port) {
        List<Connection> found = new ArrayList<>();
        for (int family : new int[] {AddressFamily.AF_INET, AddressFamily.AF_INET6}) {
            ByteBuffer request =
                    request(family, NLM_F_REQUEST | NLM_F_DUMP, 1 << TcpState.CLOSE_WAIT);
            oneAtATime.lock();
            try {
                for (ByteBuffer answer : ask(request)) {
                    SocketAddress local = end(answer, family, 0, 4);
                    if (port(local) == port) {
                        found.add(new Connection(local, end(answer, family, 2, 20)));
                    }
                }
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
        int id = HEADER + Layouts.offset(Layouts.INET_DIAG_REQ_V2, "id");
        byte[] sockaddr = address.toBytes();
        boolean ipv4 = address.family() == AddressFamily.AF_INET;
        request.put(id + port, sockaddr, 2, 2);
        request.put(id + ip, sockaddr, ipv4 ? 4 : 8, ipv4 ? 4 : 16);
    }

    /** An end of a connection; an IPv4-mapped address is given as the IPv4 address. */
    private static SocketAddress end(ByteBuffer answer, int family, int portAt, int ipAt) {
        ByteBuffer id = answer.slice(ID, 48).order(ByteOrder.BIG_ENDIAN);
        int port = id.getShort(portAt) & 0xffff;
        if (family == AddressFamily.AF_INET) {
            return new SocketAddress.Inet(id.getInt(ipAt), port);
        }
        long high = id.getLong(ipAt);
        long low = id.getLong(ipAt + 8);
        return high == 0 && low >>> 32 == 0xffff
                ? new SocketAddress.Inet((int) low, port)
                : new SocketAddress.Inet6(high, low, port, 0, 0);
    }

    /** The port of an internet address; -1 for another. */
    public static int port(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet inet -> inet.port();
            case SocketAddress.Inet6 inet6 -> inet6.port();
            case SocketAddress.Unix _, SocketAddress.Other _ -> -1;
        };
    }

    private static int stateOf(ByteBuffer answer) {
        return answer.get(Layouts.offset(Layouts.INET_DIAG_MSG, "idiag_state"));
    }

    /** An exact question that no connection fits is answered with the listener of its local end. */
    private static boolean isListener(ByteBuffer answer) {
        return stateOf(answer) == TcpState.LISTEN;
    }

    /** Sends a request and gives the bodies of its answers, none where the kernel has none. */
    private List<ByteBuffer> ask(ByteBuffer request) {
        byte[] question = new byte[request.capacity()];
        request.get(0, question);
        kernel.send(netlink, question, 0, question.length, 0).orThrow("send");
        boolean dump = (request.getShort(6) & NLM_F_DUMP) != 0;
        List<ByteBuffer> bodies = new ArrayList<>();
        boolean more = true;
        while (more) {
            byte[] bytes = new byte[RECEIVE_SIZE];
            int length =
                    Math.toIntExact(kernel.recv(netlink, bytes, bytes.length, 0).orThrow("recv"));
            ByteBuffer messages = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.nativeOrder());
            more = dump;
            while (messages.remaining() >= HEADER) {
                int start = messages.position();
                int size = messages.getInt(start);
                int type = messages.getShort(start + 4);
                if (type == NLMSG_DONE || type == NLMSG_ERROR) {
                    more = false;
                } else {
                    bodies.add(
                            messages.slice(start + HEADER, size - HEADER)
                                    .order(ByteOrder.nativeOrder()));
                }
                messages.position(Math.min(messages.limit(), start + ((size + 3) & ~3)));
            }
        }
        return bodies;
    }
}
