package dev.socketlab.linux;

import dev.socketlab.abi.Openat2;

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

    /** socketpair(2): two new file descriptors, in {@code sv}. */
    SyscallResult socketpair(int domain, int type, int protocol, int[] sv);

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

    /** sendto(2); an empty {@code destAddr} is NULL. */
    SyscallResult sendto(int sockfd, byte[] buf, int offset, int len, int flags, byte[] destAddr);

    /** recvfrom(2); {@code srcAddr} receives the sender's address. */
    SyscallResult recvfrom(int sockfd, byte[] buf, int len, int flags, OutBuffer srcAddr);

    /** sendmsg(2). */
    SyscallResult sendmsg(int sockfd, Message msg, int flags);

    /** recvmsg(2). */
    SyscallResult recvmsg(int sockfd, MessageBuffer msg, int flags);

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
    default SyscallResult poll(int fd, int events) {
        short[] revents = new short[1];
        SyscallResult result = poll(new int[] {fd}, new short[] {(short) events}, revents);
        return result instanceof SyscallResult.Success
                ? new SyscallResult.Success(revents[0] & 0xffff)
                : result;
    }

    /** poll(2) with timeout 0: the three arrays are the fields of struct pollfd. */
    SyscallResult poll(int[] fds, short[] events, short[] revents);

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

    /**
     * openat2(2) of a path that exists.
     *
     * @param pathname without its NUL
     * @param resolve of {@link Openat2}
     */
    SyscallResult openat2(int dirfd, byte[] pathname, int flags, int resolve);

    /** unlinkat(2); {@code pathname} is without its NUL. */
    SyscallResult unlinkat(int dirfd, byte[] pathname, int flags);

    /** fchdir(2): the working directory of the calling thread, and of all that share it. */
    SyscallResult fchdir(int fd);

    /** kcmp(2), KCMP_FILE of two fds of this process: 0 for the same open file description. */
    SyscallResult kcmp(int fd1, int fd2);

    /** pread(2): read(2) from an offset, which the fd's own stays out of. */
    SyscallResult pread(int fd, byte[] buf, int count, long offset);

    /** statx(2) of an open fd, AT_EMPTY_PATH; {@code statxbuf} receives struct statx. */
    SyscallResult statx(int fd, int mask, OutBuffer statxbuf);

    /** unshare(2): moves the calling thread, and it alone, to a new namespace. */
    SyscallResult unshare(int flags);

    /** setns(2): moves the calling thread, and it alone, to the namespace of an fd. */
    SyscallResult setns(int fd, int nstype);
}
