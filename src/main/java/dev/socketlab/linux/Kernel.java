package dev.socketlab.linux;

/**
 * The system calls that a session and the readiness loop make, one method a call, with the C
 * parameters. Each answers what the call returned or the errno it set. The one seam under which
 * tests put a scripted kernel; {@link CLibrary} is the real one.
 *
 * <p>None of these blocks on a file descriptor that has O_NONBLOCK, but {@link #epoll_wait}, and
 * {@link #close} of a socket that lingers.
 */
public interface Kernel {
    /** socket(2): a new file descriptor. */
    SyscallResult socket(int domain, int type, int protocol);

    /** bind(2); {@code addr} is the whole struct sockaddr. */
    SyscallResult bind(int sockfd, byte[] addr);

    /** listen(2). */
    SyscallResult listen(int sockfd, int backlog);

    /** accept4(2): a new file descriptor; {@code addr} receives the peer's address. */
    SyscallResult accept4(int sockfd, OutBuffer addr, int flags);

    /** connect(2); {@code addr} is the whole struct sockaddr. */
    SyscallResult connect(int sockfd, byte[] addr);

    /** send(2) of {@code len} bytes of {@code buf} from {@code offset}: how many it took. */
    SyscallResult send(int sockfd, byte[] buf, int offset, int len, int flags);

    /** recv(2) of at most {@code len} bytes into {@code buf}: how many there were. */
    SyscallResult recv(int sockfd, byte[] buf, int len, int flags);

    /** read(2). */
    SyscallResult read(int fd, byte[] buf, int count);

    /** write(2) of {@code count} bytes of {@code buf} from {@code offset}. */
    SyscallResult write(int fd, byte[] buf, int offset, int count);

    /** shutdown(2). */
    SyscallResult shutdown(int sockfd, int how);

    /** close(2). */
    SyscallResult close(int fd);

    /** getsockname(2). */
    SyscallResult getsockname(int sockfd, OutBuffer addr);

    /** getpeername(2). */
    SyscallResult getpeername(int sockfd, OutBuffer addr);

    /** getsockopt(2); the capacity of {@code optval} is the optlen that goes in. */
    SyscallResult getsockopt(int sockfd, int level, int optname, OutBuffer optval);

    /** setsockopt(2). */
    SyscallResult setsockopt(int sockfd, int level, int optname, byte[] optval);

    /** fcntl(2) with an int argument. */
    SyscallResult fcntl(int fd, int cmd, int arg);

    /** ioctl(2) with a pointer to an int that the kernel fills; answers that int. */
    SyscallResult ioctl(int fd, long request);

    /** ioctl(2) with a pointer to a structure that the kernel reads and may write. */
    SyscallResult ioctl(int fd, long request, byte[] argp);

    /** poll(2) of one fd with timeout 0; answers its revents. */
    SyscallResult poll(int fd, int events);

    /** epoll_create1(2). */
    SyscallResult epoll_create1(int flags);

    /** epoll_ctl(2); {@code data} is the u64 of struct epoll_event. */
    SyscallResult epoll_ctl(int epfd, int op, int fd, int events, long data);

    /** epoll_wait(2): how many of {@code events} it filled. {@code timeout} in ms, -1 for ever. */
    SyscallResult epoll_wait(int epfd, EpollEvents events, int timeout);

    /** eventfd(2). */
    SyscallResult eventfd(int initval, int flags);

    /** open(2) of a file that exists. */
    SyscallResult open(String pathname, int flags);

    /** pread(2): read(2) from an offset, which the fd's own stays out of. */
    SyscallResult pread(int fd, byte[] buf, int count, long offset);

    /** statx(2) of an open fd, AT_EMPTY_PATH; {@code statxbuf} receives struct statx. */
    SyscallResult statx(int fd, int mask, OutBuffer statxbuf);

    /** unshare(2): moves the calling thread, and it alone, to a new namespace. */
    SyscallResult unshare(int flags);

    /** setns(2): moves the calling thread, and it alone, to the namespace of an fd. */
    SyscallResult setns(int fd, int nstype);
}
