package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.lang.foreign.StructLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A netlink(7) socket of the network namespace in which it was opened, whichever thread uses it
 * later. A question is answered before send(2) returns, so nothing here waits; one thread at a time
 * asks. Close it when done.
 */
final class Netlink implements AutoCloseable {
    static final int NETLINK_ROUTE = 0;
    static final int NETLINK_SOCK_DIAG = 4;
    static final int NLM_F_REQUEST = 0x1;
    static final int NLM_F_ACK = 0x4;
    static final int NLM_F_DUMP = 0x300;

    /** The length of struct nlmsghdr, where a message's body begins. */
    static final int HEADER = (int) Layouts.NLMSGHDR.byteSize();

    /** Without the flags of nested attributes and of network byte order. */
    private static final int NLA_TYPE_MASK = 0x3fff;

    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int TYPE = Layouts.offset(Layouts.NLMSGHDR, "nlmsg_type");
    private static final int FLAGS = Layouts.offset(Layouts.NLMSGHDR, "nlmsg_flags");
    private static final int SEQUENCE = Layouts.offset(Layouts.NLMSGHDR, "nlmsg_seq");

    /** What the kernel gives of a list at a time, at most: netlink_dump of af_netlink.c. */
    private static final int LIST_SIZE = 32768;

    /** One answer, of which a reading of many sockets makes many: NLMSG_GOODSIZE at most. */
    private static final int ANSWER_SIZE = 8192;

    private final Kernel kernel;
    private final int fd;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private int sequence;

    /**
     * Opens the socket, in the network namespace of the calling thread.
     *
     * @throws SyscallException when the kernel gives none
     */
    Netlink(Kernel kernel, int protocol) {
        this.kernel = kernel;
        int type = SocketType.SOCK_RAW | SocketFlag.SOCK_CLOEXEC | SocketFlag.SOCK_NONBLOCK;
        this.fd =
                Math.toIntExact(
                        kernel.socket(AddressFamily.AF_NETLINK, type, protocol).orThrow("socket"));
    }

    /** An answer: the bodies of its messages, or the errno of the refusal. */
    record Answer(List<ByteBuffer> bodies, int errno) {}

    /** Room for a message, with its header filled in but for its length, positioned behind it. */
    static ByteBuffer message(int capacity, int type, int flags) {
        return ByteBuffer.allocate(capacity)
                .order(ByteOrder.nativeOrder())
                .position(HEADER)
                .putShort(TYPE, (short) type)
                .putShort(FLAGS, (short) flags);
    }

    /** Appends an attribute, struct rtattr. */
    static void attribute(ByteBuffer request, int type, byte[] value) {
        int header = (int) Layouts.RTATTR.byteSize();
        request.putShort((short) (header + value.length)).putShort((short) type).put(value);
        request.position((request.position() + 3) & ~3);
    }

    /** An int as the value of an attribute. */
    static byte[] word(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    /** The attributes that follow a structure in a message's body, by their types. */
    static Map<Integer, byte[]> attributes(ByteBuffer body, StructLayout structure) {
        int header = (int) Layouts.RTATTR.byteSize();
        Map<Integer, byte[]> attributes = new HashMap<>();
        int at = (int) structure.byteSize();
        while (at + header <= body.limit()) {
            int length = body.getShort(at) & 0xffff;
            int type = body.getShort(at + Short.BYTES) & NLA_TYPE_MASK;
            byte[] value = new byte[Math.clamp(length - header, 0, body.limit() - at - header)];
            body.get(at + header, value);
            attributes.put(type, value);
            at += Math.max(header, (length + 3) & ~3);
        }
        return attributes;
    }

    /** Sends a message, from its beginning to its position, and gives what the kernel answers. */
    Answer ask(ByteBuffer message) {
        oneAtATime.lock();
        try {
            sequence++;
            message.putInt(0, message.position()).putInt(SEQUENCE, sequence);
            byte[] bytes = new byte[message.position()];
            message.get(0, bytes);
            kernel.send(fd, bytes, 0, bytes.length, 0).orThrow("send");
            return receive((message.getShort(FLAGS) & NLM_F_DUMP) == NLM_F_DUMP);
        } finally {
            oneAtATime.unlock();
        }
    }

    private Answer receive(boolean dump) {
        Received received = new Received(dump);
        while (received.more) {
            byte[] bytes = new byte[dump ? LIST_SIZE : ANSWER_SIZE];
            switch (kernel.recv(fd, bytes, bytes.length, 0)) {
                case Success(long length) -> received.read(ByteBuffer.wrap(bytes, 0, (int) length));
                case Failure(Errno errno) -> throw new SyscallException("recv", errno);
            }
        }
        return new Answer(received.bodies, received.errno);
    }

    @Override
    public void close() {
        kernel.close(fd);
    }

    /** What belongs to the last question; answers to an earlier one that was given up are left. */
    private final class Received {
        private final boolean dump;
        private final List<ByteBuffer> bodies = new ArrayList<>();
        private int errno;
        private boolean more = true;

        Received(boolean dump) {
            this.dump = dump;
        }

        void read(ByteBuffer bytes) {
            ByteBuffer messages = bytes.order(ByteOrder.nativeOrder());
            more = messages.hasRemaining();
            while (messages.remaining() >= HEADER) {
                int start = messages.position();
                int size = messages.getInt(start);
                if (messages.getInt(start + SEQUENCE) == sequence) {
                    take(
                            messages.getShort(start + TYPE),
                            messages.slice(start + HEADER, size - HEADER)
                                    .order(ByteOrder.nativeOrder()));
                }
                messages.position(Math.min(messages.limit(), start + ((size + 3) & ~3)));
            }
        }

        private void take(int type, ByteBuffer body) {
            if (type == NLMSG_ERROR) {
                errno = -body.getInt(0);
                more = false;
            } else if (type == NLMSG_DONE) {
                more = false;
            } else {
                more &= dump;
                bodies.add(body);
            }
        }
    }
}
