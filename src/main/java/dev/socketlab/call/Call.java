package dev.socketlab.call;

import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A call that a session can make: one record a C function, one component a parameter, named as the
 * man page names it. File descriptors are the session's numbers, not the kernel's. Nothing here is
 * checked; the kernel judges the values.
 */
public sealed interface Call {
    /**
     * socket(2).
     *
     * @param type has the SOCK_NONBLOCK and SOCK_CLOEXEC flags or-ed in
     * @param host the host of the session's network that makes it; null is the first
     */
    record Socket(int domain, int type, int protocol, @Nullable String host) implements Call {
        /** On the first host. */
        public Socket(int domain, int type, int protocol) {
            this(domain, type, protocol, null);
        }
    }

    /** bind(2). */
    record Bind(int sockfd, SocketAddress addr) implements Call {}

    /** listen(2). */
    record Listen(int sockfd, int backlog) implements Call {}

    /** accept4(2); with {@code flags} 0 it is accept(2). */
    record Accept(int sockfd, int flags) implements Call {}

    /** connect(2). */
    record Connect(int sockfd, SocketAddress addr) implements Call {}

    /** send(2). */
    record Send(int sockfd, byte[] buf, int flags) implements Call {}

    /** recv(2); {@code len} in bytes. */
    record Recv(int sockfd, long len, int flags) implements Call {}

    /** write(2). */
    record Write(int fd, byte[] buf) implements Call {}

    /** read(2); {@code count} in bytes. */
    record Read(int fd, long count) implements Call {}

    /** shutdown(2). */
    record Shutdown(int sockfd, int how) implements Call {}

    /** close(2). */
    record Close(int fd) implements Call {}

    /** getsockname(2). */
    record Getsockname(int sockfd) implements Call {}

    /** getpeername(2). */
    record Getpeername(int sockfd) implements Call {}

    /**
     * getsockopt(2).
     *
     * @param optlen how many bytes to ask for, which are then given raw; null asks in the option's
     *     own form
     */
    record Getsockopt(int sockfd, int level, int optname, @Nullable Integer optlen)
            implements Call {}

    /** setsockopt(2). */
    record Setsockopt(int sockfd, int level, int optname, OptionValue optval) implements Call {}

    /** fcntl(2) with an int argument, 0 where the command takes none. */
    record Fcntl(int fd, int cmd, int arg) implements Call {}

    /**
     * getaddrinfo(3).
     *
     * @param host the host of the session's network that asks; null is the first
     */
    record Getaddrinfo(
            @Nullable String node,
            @Nullable String service,
            Netdb.@Nullable Hints hints,
            @Nullable String host)
            implements Call {
        /** On the first host. */
        public Getaddrinfo(
                @Nullable String node, @Nullable String service, Netdb.@Nullable Hints hints) {
            this(node, service, hints, null);
        }
    }

    /** freeaddrinfo(3) of the list with that id. */
    record Freeaddrinfo(int id) implements Call {}

    /** getnameinfo(3). */
    record Getnameinfo(SocketAddress addr, int flags) implements Call {}

    /** The C function that makes it: accept4 is one that has flags. */
    default String syscall() {
        return this instanceof Accept(int _, int flags) && flags != 0 ? "accept4" : name();
    }

    /** Its name among the calls. */
    default String name() {
        return switch (this) {
            case Socket _ -> "socket";
            case Bind _ -> "bind";
            case Listen _ -> "listen";
            case Accept _ -> "accept";
            case Connect _ -> "connect";
            case Send _ -> "send";
            case Recv _ -> "recv";
            case Write _ -> "write";
            case Read _ -> "read";
            case Shutdown _ -> "shutdown";
            case Close _ -> "close";
            case Getsockname _ -> "getsockname";
            case Getpeername _ -> "getpeername";
            case Getsockopt _ -> "getsockopt";
            case Setsockopt _ -> "setsockopt";
            case Fcntl _ -> "fcntl";
            case Getaddrinfo _ -> "getaddrinfo";
            case Freeaddrinfo _ -> "freeaddrinfo";
            case Getnameinfo _ -> "getnameinfo";
        };
    }
}
