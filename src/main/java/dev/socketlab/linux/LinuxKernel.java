package dev.socketlab.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.socketlab.abi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The kernel of this machine, through the C library's wrappers. Stateless; any thread may call. */
public final class LinuxKernel implements Kernel {
    /** linux/fcntl.h. */
    private static final int AT_EMPTY_PATH = 0x1000;

    private static final MethodHandle SOCKET =
            CLibrary.quick("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKETPAIR =
            CLibrary.quick("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle BIND =
            CLibrary.quick("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN =
            CLibrary.quick("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT4 =
            CLibrary.quick("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT =
            CLibrary.quick("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND =
            CLibrary.quick("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECV =
            CLibrary.quick("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SENDTO =
            CLibrary.quick(
                    "sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECVFROM =
            CLibrary.quick(
                    "recvfrom",
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle READ =
            CLibrary.quick("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            CLibrary.quick("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle SHUTDOWN =
            CLibrary.quick("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = CLibrary.slow("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle GETSOCKNAME =
            CLibrary.quick("getsockname", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle GETPEERNAME =
            CLibrary.quick("getpeername", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle GETSOCKOPT =
            CLibrary.quick("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT =
            CLibrary.quick("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FCNTL =
            CLibrary.quickVariadic("fcntl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle IOCTL =
            CLibrary.quickVariadic("ioctl", JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle POLL =
            CLibrary.quick("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EPOLL_CREATE1 =
            CLibrary.quick("epoll_create1", JAVA_INT, JAVA_INT);
    private static final MethodHandle EPOLL_CTL =
            CLibrary.quick("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EVENTFD =
            CLibrary.quick("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle OPEN =
            CLibrary.slowVariadic("open", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle PREAD =
            CLibrary.quick("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle STATX =
            CLibrary.quick("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle UNSHARE = CLibrary.slow("unshare", JAVA_INT, JAVA_INT);
    private static final MethodHandle SETNS = CLibrary.quick("setns", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle FCHDIR = CLibrary.quick("fchdir", JAVA_INT, JAVA_INT);
    private static final MethodHandle KCMP =
            CLibrary.quickSyscall(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);

    /** asm/unistd.h. */
    private static final long SYS_KCMP = Platform.isX86() ? 312 : 272;

    /** linux/kcmp.h. */
    private static final int KCMP_FILE = 0;

    @Override
    public SyscallResult socket(int domain, int type, int protocol) {
        return call(errno -> (int) SOCKET.invokeExact(errno, domain, type, protocol));
    }

    @Override
    public SyscallResult socketpair(int domain, int type, int protocol, int[] sv) {
        MemorySegment fds = MemorySegment.ofArray(sv);
        return call(errno -> (int) SOCKETPAIR.invokeExact(errno, domain, type, protocol, fds));
    }

    @Override
    public SyscallResult bind(int sockfd, byte[] addr) {
        return call(errno -> (int) BIND.invokeExact(errno, sockfd, heap(addr), addr.length));
    }

    @Override
    public SyscallResult listen(int sockfd, int backlog) {
        return call(errno -> (int) LISTEN.invokeExact(errno, sockfd, backlog));
    }

    @Override
    public SyscallResult accept4(int sockfd, OutBuffer addr, int flags) {
        return filling(
                addr,
                (errno, bytes, addrlen) ->
                        (int) ACCEPT4.invokeExact(errno, sockfd, bytes, addrlen, flags));
    }

    @Override
    public SyscallResult connect(int sockfd, byte[] addr) {
        return call(errno -> (int) CONNECT.invokeExact(errno, sockfd, heap(addr), addr.length));
    }

    @Override
    public SyscallResult send(int sockfd, byte[] buf, int offset, int len, int flags) {
        MemorySegment bytes = heap(buf).asSlice(offset, len);
        return call(errno -> (long) SEND.invokeExact(errno, sockfd, bytes, (long) len, flags));
    }

    @Override
    public SyscallResult recv(int sockfd, byte[] buf, int len, int flags) {
        MemorySegment bytes = heap(buf).asSlice(0, len);
        return call(errno -> (long) RECV.invokeExact(errno, sockfd, bytes, (long) len, flags));
    }

    @Override
    public SyscallResult sendto(
            int sockfd, byte[] buf, int offset, int len, int flags, byte[] destAddr) {
        MemorySegment bytes = heap(buf).asSlice(offset, len);
        MemorySegment addr = destAddr.length == 0 ? MemorySegment.NULL : heap(destAddr);
        return call(errno ->
                (long)
                        SENDTO.invokeExact(
                                errno, sockfd, bytes, (long) len, flags, addr, destAddr.length));
    }

    @Override
    public SyscallResult recvfrom(int sockfd, byte[] buf, int len, int flags, OutBuffer srcAddr) {
        MemorySegment into = heap(buf).asSlice(0, len);
        return filling(
                srcAddr,
                (errno, bytes, addrlen) ->
                        (long)
                                RECVFROM.invokeExact(
                                        errno, sockfd, into, (long) len, flags, bytes, addrlen));
    }

    @Override
    public SyscallResult sendmsg(int sockfd, Message msg, int flags) {
        return Messages.sendmsg(sockfd, msg, flags);
    }

    @Override
    public SyscallResult recvmsg(int sockfd, MessageBuffer msg, int flags) {
        return Messages.recvmsg(sockfd, msg, flags);
    }

    @Override
    public SyscallResult read(int fd, byte[] buf, int count) {
        MemorySegment bytes = heap(buf).asSlice(0, count);
        return call(errno -> (long) READ.invokeExact(errno, fd, bytes, (long) count));
    }

    @Override
    public SyscallResult write(int fd, byte[] buf, int offset, int count) {
        MemorySegment bytes = heap(buf).asSlice(offset, count);
        return call(errno -> (long) WRITE.invokeExact(errno, fd, bytes, (long) count));
    }

    @Override
    public SyscallResult shutdown(int sockfd, int how) {
        return call(errno -> (int) SHUTDOWN.invokeExact(errno, sockfd, how));
    }

    @Override
    public SyscallResult close(int fd) {
        return slowCall(errno -> (int) CLOSE.invokeExact(errno, fd));
    }

    @Override
    public SyscallResult getsockname(int sockfd, OutBuffer addr) {
        return filling(
                addr,
                (errno, bytes, addrlen) ->
                        (int) GETSOCKNAME.invokeExact(errno, sockfd, bytes, addrlen));
    }

    @Override
    public SyscallResult getpeername(int sockfd, OutBuffer addr) {
        return filling(
                addr,
                (errno, bytes, addrlen) ->
                        (int) GETPEERNAME.invokeExact(errno, sockfd, bytes, addrlen));
    }

    @Override
    public SyscallResult getsockopt(int sockfd, int level, int optname, OutBuffer optval) {
        return filling(
                optval,
                (errno, bytes, optlen) ->
                        (int) GETSOCKOPT.invokeExact(errno, sockfd, level, optname, bytes, optlen));
    }

    @Override
    public SyscallResult setsockopt(int sockfd, int level, int optname, byte[] optval) {
        return call(errno ->
                (int)
                        SETSOCKOPT.invokeExact(
                                errno, sockfd, level, optname, heap(optval), optval.length));
    }

    @Override
    public SyscallResult fcntl(int fd, int cmd, int arg) {
        return call(errno -> (int) FCNTL.invokeExact(errno, fd, cmd, arg));
    }

    @Override
    public SyscallResult ioctl(int fd, long request) {
        int[] value = new int[1];
        SyscallResult result =
                call(errno ->
                        (int) IOCTL.invokeExact(errno, fd, request, MemorySegment.ofArray(value)));
        return result instanceof SyscallResult.Success
                ? new SyscallResult.Success(value[0])
                : result;
    }

    @Override
    public SyscallResult ioctl(int fd, long request, byte[] argp) {
        return call(errno -> (int) IOCTL.invokeExact(errno, fd, request, heap(argp)));
    }

    @Override
    public SyscallResult poll(int[] fds, short[] events, short[] revents) {
        int size = (int) Layouts.POLLFD.byteSize();
        int eventsAt = Layouts.offset(Layouts.POLLFD, "events");
        int reventsAt = Layouts.offset(Layouts.POLLFD, "revents");
        MemorySegment memory = heap(new byte[size * fds.length]);
        for (int i = 0; i < fds.length; i++) {
            memory.set(Layouts.INT, (long) i * size, fds[i]);
            memory.set(Layouts.SHORT, (long) i * size + eventsAt, events[i]);
        }
        SyscallResult result =
                call(errno -> (int) POLL.invokeExact(errno, memory, (long) fds.length, 0));
        for (int i = 0; i < fds.length; i++) {
            revents[i] = memory.get(Layouts.SHORT, (long) i * size + reventsAt);
        }
        return result;
    }

    @Override
    public SyscallResult epoll_create1(int flags) {
        return call(errno -> (int) EPOLL_CREATE1.invokeExact(errno, flags));
    }

    @Override
    public SyscallResult epoll_ctl(int epfd, int op, int fd, int events, long data) {
        MemorySegment event = heap(new byte[(int) Layouts.EPOLL_EVENT_SIZE]);
        event.set(Layouts.INT, 0, events);
        event.set(Layouts.LONG, Layouts.EPOLL_EVENT_DATA_OFFSET, data);
        return call(errno -> (int) EPOLL_CTL.invokeExact(errno, epfd, op, fd, event));
    }

    @Override
    public SyscallResult epoll_wait(int epfd, EpollEvents events, int timeout) {
        int count = events.await(epfd, timeout);
        return count >= 0
                ? new SyscallResult.Success(count)
                : new SyscallResult.Failure(new Errno(-count));
    }

    @Override
    public SyscallResult eventfd(int initval, int flags) {
        return call(errno -> (int) EVENTFD.invokeExact(errno, initval, flags));
    }

    @Override
    public SyscallResult open(String pathname, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(pathname);
            return slowCall(errno -> (int) OPEN.invokeExact(errno, path, flags));
        }
    }

    @Override
    public SyscallResult pread(int fd, byte[] buf, int count, long offset) {
        MemorySegment bytes = heap(buf).asSlice(0, count);
        return call(errno -> (long) PREAD.invokeExact(errno, fd, bytes, (long) count, offset));
    }

    @Override
    public SyscallResult statx(int fd, int mask, OutBuffer statxbuf) {
        MemorySegment empty = CLibrary.heapString("");
        return call(errno ->
                (int)
                        STATX.invokeExact(
                                errno, fd, empty, AT_EMPTY_PATH, mask, heap(statxbuf.bytes)));
    }

    @Override
    public SyscallResult unshare(int flags) {
        return slowCall(errno -> (int) UNSHARE.invokeExact(errno, flags));
    }

    @Override
    public SyscallResult setns(int fd, int nstype) {
        return call(errno -> (int) SETNS.invokeExact(errno, fd, nstype));
    }

    @Override
    public SyscallResult openat2(int dirfd, byte[] pathname, int flags, int resolve) {
        return Directories.openat2(dirfd, pathname, flags, resolve);
    }

    @Override
    public SyscallResult unlinkat(int dirfd, byte[] pathname, int flags) {
        return Directories.unlinkat(dirfd, pathname, flags);
    }

    @Override
    public SyscallResult fchdir(int fd) {
        return call(errno -> (int) FCHDIR.invokeExact(errno, fd));
    }

    @Override
    public SyscallResult kcmp(int fd1, int fd2) {
        int pid = (int) ProcessHandle.current().pid();
        return call(errno ->
                (long)
                        KCMP.invokeExact(
                                errno, SYS_KCMP, pid, pid, KCMP_FILE, (long) fd1, (long) fd2));
    }

    /** A foreign call, given the memory for its errno. */
    private interface Invocation {
        long with(MemorySegment errno) throws Throwable;
    }

    /** A foreign call with an out-parameter and its length. */
    private interface Filling {
        long with(MemorySegment errno, MemorySegment bytes, MemorySegment length) throws Throwable;
    }

    private static MemorySegment heap(byte[] bytes) {
        return MemorySegment.ofArray(bytes);
    }

    private static SyscallResult call(Invocation invocation) {
        int[] errno = new int[1];
        try {
            return SyscallResult.of(invocation.with(MemorySegment.ofArray(errno)), errno[0]);
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    private static SyscallResult slowCall(Invocation invocation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = CLibrary.errnoIn(arena);
            return SyscallResult.of(invocation.with(errno), errno.get(JAVA_INT, 0));
        } catch (Throwable t) {
            throw CLibrary.unexpected(t);
        }
    }

    private static SyscallResult filling(OutBuffer out, Filling filling) {
        int[] length = {out.bytes.length};
        SyscallResult result =
                call(errno -> filling.with(errno, heap(out.bytes), MemorySegment.ofArray(length)));
        out.length = length[0];
        return result;
    }
}
