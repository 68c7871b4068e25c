package dev.socketlab.call;

import dev.socketlab.abi.Errno;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call answered: what the C function returned, with its out-parameters. */
public sealed interface Result {
    /** The call did what it was to do. */
    sealed interface Answered extends Result {}

    /** The C function said that it failed. */
    sealed interface Failed extends Result {}

    /** The result of a call that returns a number and nothing else. */
    static Result of(SyscallResult result) {
        return switch (result) {
            case SyscallResult.Success(long value) -> new Returned((int) value);
            case SyscallResult.Failure(Errno errno) -> new Failure(errno);
        };
    }

    /** A number and nothing else. */
    record Returned(int value) implements Answered {}

    /**
     * A new file descriptor of the session; {@code addr} is the peer's, where the call gives it.
     */
    record NewDescriptor(int fd, @Nullable SocketAddress addr, boolean withAddress)
            implements Answered {}

    /** Two new file descriptors of the session. */
    record NewPair(int first, int second) implements Answered {}

    /**
     * Bytes received.
     *
     * @param returned what recv returned: with MSG_TRUNC it may be more than there are bytes
     * @param with what came with them
     */
    record Received(long returned, byte[] bytes, Envelope with) implements Answered {}

    /**
     * What comes with bytes, as far as the call asks for it.
     *
     * @param name the sender's address; null where the kernel gave none
     * @param flags msg_flags
     */
    record Envelope(@Nullable SocketAddress name, List<Control> control, int flags) {
        /** Nothing that was asked for. */
        public static final Envelope NONE = new Envelope(null, List.of(), 0);
    }

    /** The int that ioctl(2) gives. */
    record Value(int value) implements Answered {}

    /** What poll(2) found: every fd that was asked about, in order. */
    record Polled(int returned, List<Revents> fds) implements Answered {}

    /** struct pollfd with its answer. */
    record Revents(int fd, int revents) {}

    /** What epoll_wait(2) found. */
    record Events(List<Event> events) implements Answered {}

    /**
     * struct epoll_event.
     *
     * @param data JSON text, as it was given to epoll_ctl
     */
    record Event(int events, String data) {}

    /** An address; null where the kernel gave none. */
    record Name(@Nullable SocketAddress addr) implements Answered {}

    /** The value of an option. */
    record OptionRead(int level, int optname, OptionValue optval) implements Answered {}

    /** Flags of a descriptor or of its open file description, from fcntl(2). */
    record Flags(int cmd, int mask) implements Answered {}

    /** A list of getaddrinfo(3), kept until it is freed. */
    record AddrinfoList(Addrinfos list) implements Answered {}

    /** What getnameinfo(3) found. */
    record Nameinfo(Netdb.Nameinfo found) implements Answered {}

    /** freeaddrinfo(3) returns nothing. */
    record Nothing() implements Answered {}

    /**
     * The call returned -1 and set errno.
     *
     * @param because what the errno does not say, such as which wait ran out; null where it says
     *     all
     */
    record Failure(Errno errno, @Nullable String because) implements Failed {
        public Failure(Errno errno) {
            this(errno, null);
        }
    }

    /**
     * getaddrinfo(3) or getnameinfo(3) returned an EAI number.
     *
     * @param errno set where {@code eai} is EAI_SYSTEM
     */
    record AddrinfoFailure(int eai, @Nullable Errno errno, @Nullable String because)
            implements Failed {}
}
