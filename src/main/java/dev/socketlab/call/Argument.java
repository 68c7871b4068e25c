package dev.socketlab.call;

import dev.socketlab.abi.ConstantSet;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a call: its C name, what kind of thing it is, and its value. Who writes calls in
 * some language writes these kinds, and knows no call. Lengths that C wants beside what they are
 * the lengths of are left out.
 */
public sealed interface Argument {
    /** The parameter's name in the man page. */
    String name();

    /** A file descriptor of the session. */
    record Fd(String name, int fd) implements Argument {}

    /** A number as it is. */
    record Scalar(String name, long value) implements Argument {}

    /**
     * A constant.
     *
     * @param constant the name that Linux has for the value; null where it has none
     */
    record Constant(String name, @Nullable String constant, int value) implements Argument {}

    /**
     * A 16-bit constant in network byte order, htons(3).
     *
     * @param constant the name of what it is in host order
     * @param value in network order
     */
    record NetworkConstant(String name, String constant, int value) implements Argument {}

    /** Flags or-ed together. */
    record Flags(String name, ConstantSet names, int mask) implements Argument {}

    /** A constant with flags or-ed in, as the type of a socket. */
    record ConstantWithFlags(Constant constant, Flags flags) implements Argument {
        @Override
        public String name() {
            return constant.name();
        }
    }

    /** A struct sockaddr; null for NULL. */
    record Address(String name, @Nullable SocketAddress address) implements Argument {}

    /** Bytes that go to the kernel. */
    record Data(String name, byte[] bytes) implements Argument {}

    /** A C string without its NUL; null for NULL. */
    record Text(String name, byte @Nullable [] bytes) implements Argument {}

    /** The value of an option. */
    record Value(String name, OptionValue value) implements Argument {}

    /** A struct msghdr that is sent. */
    record Message(
            String name, @Nullable SocketAddress msgName, List<byte[]> iov, List<Control> control)
            implements Argument {}

    /**
     * Room for a struct msghdr.
     *
     * @param iovLen the length of each buffer, in bytes
     * @param controllen in bytes
     */
    record MessageRoom(String name, List<Long> iovLen, int controllen) implements Argument {}

    /** An array of struct pollfd. */
    record Pollfds(String name, List<Call.Pollfd> fds) implements Argument {}

    /**
     * A struct epoll_event.
     *
     * @param data JSON text, in the place of epoll_data
     */
    record Event(String name, int events, String data) implements Argument {}

    /** The hints of getaddrinfo(3); null for NULL. */
    record Hints(String name, Netdb.@Nullable Hints hints) implements Argument {}

    /**
     * What the session is told beside the parameters of the C function.
     *
     * @param value a text or a number; null for nothing
     */
    record Beside(String name, @Nullable Object value) implements Argument {}

    /** Where the call puts something, which is in its result. */
    record Out(String name) implements Argument {}
}
