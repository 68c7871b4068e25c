package dev.socketlab.linux;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.Errno;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A kernel that answers what a test says, call by call: what is scripted for a call in its order,
 * then success with 0. Keeps what it was asked. Its epoll reports what {@link #report} puts in.
 */
public final class ScriptedKernel implements Kernel {
    private static final SyscallResult ZERO = new SyscallResult.Success(0);

    private record Event(int events, long data) {}

    /** What a receiving call gives. */
    public interface Filling {
        SyscallResult fill(OutBuffer out);
    }

    private final Map<String, Deque<SyscallResult>> script = new HashMap<>();
    private final Map<String, Filling> fillings = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Map<Integer, Long> tokens = new HashMap<>();
    private final Set<Long> eventfds = new HashSet<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** The next answers of a call. */
    public synchronized ScriptedKernel answers(String call, SyscallResult... results) {
        script.computeIfAbsent(call, _ -> new ArrayDeque<>()).addAll(List.of(results));
        return this;
    }

    /** What a call with an out-parameter answers, always. */
    public synchronized ScriptedKernel fills(String call, Filling filling) {
        fillings.put(call, filling);
        return this;
    }

    public static SyscallResult success(long value) {
        return new SyscallResult.Success(value);
    }

    public static SyscallResult failure(Errno errno) {
        return new SyscallResult.Failure(errno);
    }

    /** Every call so far, as {@code name(first argument)}. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** Lets epoll_wait report events of an fd, under the token it is registered with now. */
    public void report(int fd, int mask) {
        report(mask, token(fd));
    }

    /** Lets epoll_wait report events under any token. */
    public void report(int mask, long token) {
        events.add(new Event(mask, token));
    }

    /** The token that an fd was last registered with. */
    public synchronized long token(int fd) {
        return tokens.get(fd);
    }

    private synchronized SyscallResult next(String call, int fd) {
        calls.add(call + "(" + fd + ")");
        Deque<SyscallResult> results = script.get(call);
        return results == null || results.isEmpty() ? ZERO : results.removeFirst();
    }

    private SyscallResult next(String call, int fd, OutBuffer out) {
        Filling filling;
        synchronized (this) {
            filling = fillings.get(call);
        }
        if (filling == null) {
            out.set(new byte[0]);
            return next(call, fd);
        }
        next(call, fd);
        return filling.fill(out);
    }

    @Override
    public SyscallResult socket(int domain, int type, int protocol) {
        return next("socket", domain);
    }

    @Override
    public SyscallResult socketpair(int domain, int type, int protocol, int[] sv) {
        return next("socketpair", domain);
    }

    @Override
    public SyscallResult bind(int sockfd, byte[] addr) {
        return next("bind", sockfd);
    }

    @Override
    public SyscallResult listen(int sockfd, int backlog) {
        return next("listen", sockfd);
    }

    @Override
    public SyscallResult accept4(int sockfd, OutBuffer addr, int flags) {
        SyscallResult result = next("accept4", sockfd);
        Filling filling = fillings.get("accept4");
        if (filling != null && result instanceof SyscallResult.Success) {
            filling.fill(addr);
        }
        return result;
    }

    @Override
    public SyscallResult connect(int sockfd, byte[] addr) {
        return next("connect", sockfd);
    }

    @Override
    public SyscallResult send(int sockfd, byte[] buf, int offset, int len, int flags) {
        return next("send", sockfd);
    }

    @Override
    public SyscallResult recv(int sockfd, byte[] buf, int len, int flags) {
        return next("recv", sockfd);
    }

    @Override
    public SyscallResult sendto(
            int sockfd, byte[] buf, int offset, int len, int flags, byte[] destAddr) {
        return next("sendto", sockfd);
    }

    @Override
    public SyscallResult recvfrom(int sockfd, byte[] buf, int len, int flags, OutBuffer srcAddr) {
        return next("recvfrom", sockfd, srcAddr);
    }

    @Override
    public SyscallResult sendmsg(int sockfd, Message msg, int flags) {
        return next("sendmsg", sockfd);
    }

    @Override
    public SyscallResult recvmsg(int sockfd, MessageBuffer msg, int flags) {
        return next("recvmsg", sockfd);
    }

    @Override
    public SyscallResult read(int fd, byte[] buf, int count) {
        return next("read", fd);
    }

    /** What is written to an eventfd is reported by epoll. */
    @Override
    public SyscallResult write(int fd, byte[] buf, int offset, int count) {
        synchronized (this) {
            if (eventfds.contains((long) fd)) {
                events.add(new Event(EpollEvent.EPOLLIN, tokens.getOrDefault(fd, 0L)));
            }
        }
        return next("write", fd);
    }

    @Override
    public SyscallResult shutdown(int sockfd, int how) {
        return next("shutdown", sockfd);
    }

    @Override
    public SyscallResult close(int fd) {
        return next("close", fd);
    }

    @Override
    public SyscallResult getsockname(int sockfd, OutBuffer addr) {
        return next("getsockname", sockfd, addr);
    }

    @Override
    public SyscallResult getpeername(int sockfd, OutBuffer addr) {
        return next("getpeername", sockfd, addr);
    }

    @Override
    public SyscallResult getsockopt(int sockfd, int level, int optname, OutBuffer optval) {
        return next("getsockopt", sockfd, optval);
    }

    @Override
    public SyscallResult setsockopt(int sockfd, int level, int optname, byte[] optval) {
        return next("setsockopt", sockfd);
    }

    @Override
    public SyscallResult fcntl(int fd, int cmd, int arg) {
        return next("fcntl", fd);
    }

    @Override
    public SyscallResult ioctl(int fd, long request) {
        return next("ioctl", fd);
    }

    @Override
    public SyscallResult poll(int fd, int mask) {
        return next("poll", fd);
    }

    @Override
    public SyscallResult poll(int[] fds, short[] asked, short[] revents) {
        return next("poll", fds.length == 0 ? -1 : fds[0]);
    }

    @Override
    public SyscallResult epoll_create1(int flags) {
        return next("epoll_create1", 0);
    }

    @Override
    public synchronized SyscallResult epoll_ctl(int epfd, int op, int fd, int mask, long data) {
        if (op != EpollOperation.EPOLL_CTL_DEL) {
            tokens.put(fd, data);
        }
        return next(
                switch (op) {
                    case EpollOperation.EPOLL_CTL_ADD -> "epoll_ctl ADD";
                    case EpollOperation.EPOLL_CTL_MOD -> "epoll_ctl MOD";
                    default -> "epoll_ctl DEL";
                },
                fd);
    }

    @Override
    public SyscallResult epoll_wait(int epfd, EpollEvents out, int timeout) {
        try {
            Event event = events.take();
            out.set(0, event.events(), event.data());
            return success(1);
        } catch (InterruptedException _) {
            return failure(Errno.EINTR);
        }
    }

    @Override
    public SyscallResult eventfd(int initval, int flags) {
        SyscallResult result = next("eventfd", 0);
        if (result instanceof SyscallResult.Success(long fd)) {
            synchronized (this) {
                eventfds.add(fd);
            }
        }
        return result;
    }

    @Override
    public SyscallResult ioctl(int fd, long request, byte[] argp) {
        return next("ioctl", fd);
    }

    @Override
    public SyscallResult open(String pathname, int flags) {
        return next("open", 0);
    }

    @Override
    public SyscallResult pread(int fd, byte[] buf, int count, long offset) {
        return next("pread", fd);
    }

    @Override
    public SyscallResult statx(int fd, int mask, OutBuffer statxbuf) {
        return next("statx", fd, statxbuf);
    }

    @Override
    public SyscallResult openat2(int dirfd, byte[] pathname, int flags, int resolve) {
        return next("openat2", dirfd);
    }

    @Override
    public SyscallResult unlinkat(int dirfd, byte[] pathname, int flags) {
        return next("unlinkat", dirfd);
    }

    @Override
    public SyscallResult fchdir(int fd) {
        return next("fchdir", fd);
    }

    @Override
    public SyscallResult kcmp(int fd1, int fd2) {
        return next("kcmp", fd1);
    }

    @Override
    public SyscallResult unshare(int flags) {
        return next("unshare", flags);
    }

    @Override
    public SyscallResult setns(int fd, int nstype) {
        return next("setns", fd);
    }
}
