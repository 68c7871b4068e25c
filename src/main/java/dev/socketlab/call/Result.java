package dev.socketlab.call;

import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What a call answered: what the C function returned, with its out-parameters. */
public sealed interface Result {
    /** A number and nothing else. */
    record Returned(int value) implements Result {}

    /**
     * A new file descriptor of the session; {@code addr} is the peer's, where the call gives it.
     */
    record NewDescriptor(int fd, @Nullable SocketAddress addr, boolean withAddress)
            implements Result {}

    /**
     * Bytes received.
     *
     * @param returned what recv returned: with MSG_TRUNC it may be more than there are bytes
     */
    record Received(long returned, byte[] bytes) implements Result {}

    /** An address; null where the kernel gave none. */
    record Name(@Nullable SocketAddress addr) implements Result {}

    /** The value of an option. */
    record OptionRead(int level, int optname, OptionValue optval) implements Result {}

    /** Flags of a descriptor or of its open file description, from fcntl(2). */
    record Flags(int cmd, int mask) implements Result {}

    /** A list of getaddrinfo(3), kept until it is freed. */
    record AddrinfoList(Addrinfos list) implements Result {}

    /** What getnameinfo(3) found. */
    record Nameinfo(Netdb.Nameinfo found) implements Result {}

    /** freeaddrinfo(3) returns nothing. */
    record Nothing() implements Result {}

    /**
     * The call returned -1 and set errno.
     *
     * @param because what the errno does not say, such as which wait ran out; null where it says
     *     all
     */
    record Failure(Errno errno, @Nullable String because) implements Result {
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
            implements Result {}
}
