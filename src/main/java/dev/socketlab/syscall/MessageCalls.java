package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_CMSG_CLOEXEC;
import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_FASTOPEN;
import static dev.socketlab.abi.MessageFlag.MSG_NOSIGNAL;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Message;
import dev.socketlab.linux.MessageBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.policy.AddressUse;
import dev.socketlab.session.Descriptors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls with messages, of several buffers and with control messages: sendmsg(2), recvmsg(2). */
final class MessageCalls {
    private final Kernel kernel;
    private final TransferCalls transfers;
    private final Addressing addressing;
    private final OutgoingControl outgoingControl;
    private final IncomingControl incomingControl;
    private final int maxLen;

    MessageCalls(
            Kernel kernel,
            Descriptors descriptors,
            TransferCalls transfers,
            Addressing addressing,
            int maxLen) {
        this.kernel = kernel;
        this.transfers = transfers;
        this.addressing = addressing;
        this.outgoingControl = new OutgoingControl(kernel, descriptors);
        this.incomingControl = new IncomingControl(kernel, descriptors);
        this.maxLen = maxLen;
    }

    Result sendmsg(LeasedCall on, Call.Sendmsg call) {
        try (ReadyControl outgoing = outgoingControl.ready(on.session(), control(on, call))) {
            byte[] bytes = flat(call.msgIov());
            Function<SocketAddress, Sending> toward =
                    to -> new Sending(bytes, new Whole(on, call, to, outgoing));
            Sending sending = new Sending(bytes, new Whole(on, call, call.msgName(), outgoing));
            return transfers.send(on, call.flags(), call.msgName(), sending, toward);
        }
    }

    /** Those that the socket looks at: SCM_RIGHTS is of UNIX sockets, and others pass over it. */
    private List<Control> control(LeasedCall on, Call.Sendmsg call) {
        return on.lease().kind(kernel).isUnix()
                ? call.msgControl()
                : call.msgControl().stream()
                        .filter(one -> !(one instanceof Control.Rights))
                        .toList();
    }

    private static byte[] flat(List<byte[]> iov) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        iov.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** sendmsg; what it leaves of a stream goes after it, for its control messages have gone. */
    private final class Whole implements Sending.Putting {
        private final LeasedCall on;
        private final Call.Sendmsg call;
        private final @Nullable SocketAddress name;
        private final ReadyControl outgoing;
        private final int flags;
        private boolean begun;

        Whole(
                LeasedCall on,
                Call.Sendmsg call,
                @Nullable SocketAddress name,
                ReadyControl outgoing) {
            this.on = on;
            this.call = call;
            this.name = name;
            this.outgoing = outgoing;
            this.flags = call.flags() | MSG_DONTWAIT | MSG_NOSIGNAL;
        }

        @Override
        public SyscallResult put(byte[] buf, int offset, int length) {
            int fd = on.lease().kernelFd();
            if (begun) {
                return kernel.send(fd, buf, offset, length, flags & ~MSG_FASTOPEN);
            }
            SyscallResult result =
                    name == null
                            ? sendmsg(new byte[0])
                            : addressing.use(
                                    on.session(),
                                    on.lease(),
                                    AddressUse.SEND,
                                    name,
                                    addr -> sendmsg(addr.bytes()));
            if (result instanceof Success) {
                outgoing.sent();
            }
            if (result.failedWith(Errno.EAGAIN)) {
                outgoing.keep();
            }
            begun = result instanceof Success || result.failedWith(Errno.EINPROGRESS);
            return result;
        }

        private SyscallResult sendmsg(byte[] addr) {
            Message message = new Message(addr, call.msgIov(), outgoing.messages());
            return kernel.sendmsg(on.lease().kernelFd(), message, flags);
        }
    }

    Result recvmsg(LeasedCall on, Call.Recvmsg call) {
        List<Integer> iovLen = cut(call.iovLen());
        int total = iovLen.stream().mapToInt(Integer::intValue).sum();
        Getting getting = length -> get(on, call, first(iovLen, length));
        boolean whole = call.controllen() > 0;
        return transfers.receive(
                on, new Receiving(kernel, on, total, call.flags(), getting, whole));
    }

    /** The buffers as far as the service receives at a time. */
    private List<Integer> cut(List<Long> iovLen) {
        List<Integer> cut = new ArrayList<>();
        int left = maxLen;
        for (long length : iovLen) {
            int room = (int) Math.min(length, left);
            cut.add(room);
            left -= room;
        }
        return cut;
    }

    /** The buffers as far as so many bytes reach. */
    private static List<Integer> first(List<Integer> iovLen, int bytes) {
        List<Integer> first = new ArrayList<>();
        int left = bytes;
        for (int length : iovLen) {
            int room = Math.min(length, left);
            first.add(room);
            left -= room;
        }
        return first;
    }

    private Result get(LeasedCall on, Call.Recvmsg call, List<Integer> iovLen) {
        MessageBuffer message = new MessageBuffer(iovLen, call.controllen());
        on.session().resources().rights().beginReceiving();
        try {
            return get(on, call, message);
        } finally {
            on.session().resources().rights().endReceiving();
        }
    }

    private Result get(LeasedCall on, Call.Recvmsg call, MessageBuffer message) {
        boolean unix = on.lease().kind(kernel).isUnix();
        // packet sockets take no flag that they do not know
        int flags = call.flags() | MSG_DONTWAIT | (unix ? MSG_CMSG_CLOEXEC : 0);
        SyscallResult result = kernel.recvmsg(on.lease().kernelFd(), message, flags);
        if (result instanceof Failure(Errno errno)) {
            return new Result.Failure(errno);
        }
        IncomingControl.Come come = incomingControl.come(on.session(), message, call.flags());
        Result.Envelope with =
                new Result.Envelope(
                        addressing.named(on.lease(), message.name()), come.control(), come.flags());
        return new Result.Received(result.orThrow("recvmsg"), message.data(), with);
    }
}
