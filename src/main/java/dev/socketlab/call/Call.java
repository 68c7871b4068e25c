package dev.socketlab.call;

import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that a session can make: one record a C function, one component a parameter, named as the
 * man page names it. File descriptors are the session's numbers, not the kernel's. Nothing here is
 * checked; the kernel judges the values.
 */
public sealed interface Call {
    /** A call on one open file descriptor; where that is not open it fails with EBADF. */
    sealed interface OnDescriptor extends Call {
        /** The session's number of it. */
        int descriptor();
    }

    /** A call that is made on one of the hosts of the session's network. */
    sealed interface OnHost extends Call {
        /** The host's name; null is the first. */
        @Nullable String host();
    }

    /**
     * socket(2).
     *
     * @param type has the SOCK_NONBLOCK and SOCK_CLOEXEC flags or-ed in
     * @param host the host of the session's network that makes it; null is the first
     */
    record Socket(int domain, int type, int protocol, @Nullable String host) implements OnHost {
        /** On the first host. */
        public Socket(int domain, int type, int protocol) {
            this(domain, type, protocol, null);
        }
    }

    /** socketpair(2), on the first host. */
    record Socketpair(int domain, int type, int protocol) implements Call {}

    /** bind(2). */
    record Bind(int sockfd, SocketAddress addr) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** listen(2). */
    record Listen(int sockfd, int backlog) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** accept4(2); with {@code flags} 0 it is accept(2). */
    record Accept(int sockfd, int flags) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** connect(2). */
    record Connect(int sockfd, SocketAddress addr) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** send(2). */
    record Send(int sockfd, byte[] buf, int flags) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** recv(2); {@code len} in bytes. */
    record Recv(int sockfd, long len, int flags) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /**
     * sendto(2).
     *
     * @param destAddr null for none
     */
    record Sendto(int sockfd, byte[] buf, int flags, @Nullable SocketAddress destAddr)
            implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** recvfrom(2); {@code len} in bytes. */
    record Recvfrom(int sockfd, long len, int flags) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /**
     * sendmsg(2).
     *
     * @param msgName null for none
     * @param msgIov the buffers, in their order
     */
    record Sendmsg(
            int sockfd,
            @Nullable SocketAddress msgName,
            List<byte[]> msgIov,
            List<Control> msgControl,
            int flags)
            implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /**
     * recvmsg(2).
     *
     * @param iovLen the length of each buffer, in bytes
     * @param controllen msg_controllen, in bytes
     */
    record Recvmsg(int sockfd, List<Long> iovLen, int controllen, int flags)
            implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** write(2). */
    record Write(int fd, byte[] buf) implements OnDescriptor {
        @Override
        public int descriptor() {
            return fd;
        }
    }

    /** read(2); {@code count} in bytes. */
    record Read(int fd, long count) implements OnDescriptor {
        @Override
        public int descriptor() {
            return fd;
        }
    }

    /** shutdown(2). */
    record Shutdown(int sockfd, int how) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** close(2). */
    record Close(int fd) implements Call {}

    /** getsockname(2). */
    record Getsockname(int sockfd) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** getpeername(2). */
    record Getpeername(int sockfd) implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /**
     * getsockopt(2).
     *
     * @param optlen how many bytes to ask for, which are then given raw; null asks in the option's
     *     own form
     */
    record Getsockopt(int sockfd, int level, int optname, @Nullable Integer optlen)
            implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** setsockopt(2). */
    record Setsockopt(int sockfd, int level, int optname, OptionValue optval)
            implements OnDescriptor {
        @Override
        public int descriptor() {
            return sockfd;
        }
    }

    /** fcntl(2) with an int argument, 0 where the command takes none. */
    record Fcntl(int fd, int cmd, int arg) implements OnDescriptor {
        @Override
        public int descriptor() {
            return fd;
        }
    }

    /** ioctl(2) with a pointer to an int that the kernel fills. */
    record Ioctl(int fd, int request) implements OnDescriptor {
        @Override
        public int descriptor() {
            return fd;
        }
    }

    /** dup(2). */
    record Dup(int oldfd) implements OnDescriptor {
        @Override
        public int descriptor() {
            return oldfd;
        }
    }

    /** dup2(2). */
    record Dup2(int oldfd, int newfd) implements Call {}

    /**
     * poll(2).
     *
     * @param timeout in ms; below 0 for ever
     */
    record Poll(List<Pollfd> fds, int timeout) implements Call {}

    /** struct pollfd without its answer. */
    record Pollfd(int fd, int events) {}

    /** epoll_create1(2). */
    record EpollCreate1(int flags) implements Call {}

    /**
     * epoll_ctl(2).
     *
     * @param data what epoll_wait gives with the fd's events: JSON text, which the session keeps
     */
    record EpollCtl(int epfd, int op, int fd, int events, String data) implements Call {}

    /**
     * epoll_wait(2).
     *
     * @param timeout in ms; below 0 for ever
     */
    record EpollWait(int epfd, int maxevents, int timeout) implements Call {}

    /** unlink(2) of a path in the session's own directory, without its NUL. */
    record Unlink(byte[] pathname) implements Call {}

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
            implements OnHost {
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
            case Socketpair _ -> "socketpair";
            case Bind _ -> "bind";
            case Listen _ -> "listen";
            case Accept _ -> "accept";
            case Connect _ -> "connect";
            case Send _ -> "send";
            case Recv _ -> "recv";
            case Sendto _ -> "sendto";
            case Recvfrom _ -> "recvfrom";
            case Sendmsg _ -> "sendmsg";
            case Recvmsg _ -> "recvmsg";
            case Write _ -> "write";
            case Read _ -> "read";
            case Shutdown _ -> "shutdown";
            case Close _ -> "close";
            case Getsockname _ -> "getsockname";
            case Getpeername _ -> "getpeername";
            case Getsockopt _ -> "getsockopt";
            case Setsockopt _ -> "setsockopt";
            case Fcntl _ -> "fcntl";
            case Ioctl _ -> "ioctl";
            case Dup _ -> "dup";
            case Dup2 _ -> "dup2";
            case Poll _ -> "poll";
            case EpollCreate1 _ -> "epoll_create1";
            case EpollCtl _ -> "epoll_ctl";
            case EpollWait _ -> "epoll_wait";
            case Unlink _ -> "unlink";
            case Getaddrinfo _ -> "getaddrinfo";
            case Freeaddrinfo _ -> "freeaddrinfo";
            case Getnameinfo _ -> "getnameinfo";
        };
    }
}
