package dev.socketlab.syscall;

import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollFlag;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Descriptors;
import dev.socketlab.session.EpollInstance;
import dev.socketlab.session.OpenFileDescription;
import dev.socketlab.session.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * epoll(7): the instance is the kernel's, and it is asked without waiting; who waits for it waits
 * as for a socket, since an epoll instance can itself be waited for.
 */
final class EpollCalls {
    /** Of fs/eventpoll.c: beyond it the kernel says EINVAL, whatever the fd is. */
    private static final int EP_MAX_EVENTS = Integer.MAX_VALUE / 12;

    /** More waits for instances with EPOLLEXCLUSIVE than these are woken as others are. */
    private static final int EXCLUSIVE_THREADS = 64;

    private static final Pattern ENTRY = Pattern.compile("tfd:.*\\bdata:\\s*([0-9a-f]+)");

    private final Kernel kernel;
    private final Descriptors descriptors;
    private final Blocking blocking;
    private final Semaphore exclusive = new Semaphore(EXCLUSIVE_THREADS);

    EpollCalls(Kernel kernel, Descriptors descriptors, Blocking blocking) {
        this.kernel = kernel;
        this.descriptors = descriptors;
        this.blocking = blocking;
    }

    Result create(Session session, Call.EpollCreate1 call) {
        return descriptors.make(
                session,
                0,
                () -> kernel.epoll_create1(call.flags() | EpollFlag.EPOLL_CLOEXEC),
                OpenFileDescription.ofEpoll(session.network().places().getFirst()),
                (call.flags() & EpollFlag.EPOLL_CLOEXEC) != 0);
    }

    /** What is no epoll instance goes to the kernel as it is, for its errno. */
    Result control(
            Session session, Descriptor.Lease epoll, Descriptor.Lease target, Call.EpollCtl call) {
        EpollInstance instance = epoll.description().epoll().orElseGet(EpollInstance::new);
        OpenFileDescription description = target.description();
        synchronized (instance) {
            int fd = instance.kernelFd(description, call.fd(), target.kernelFd());
            long token = instance.nextToken();
            SyscallResult result =
                    kernel.epoll_ctl(epoll.kernelFd(), call.op(), fd, call.events(), token);
            if (result instanceof Success) {
                if (call.op() == EpollOperation.EPOLL_CTL_DEL) {
                    descriptors
                            .closing()
                            .discardOrphans(session, instance.remove(description, call.fd()));
                } else {
                    instance.put(
                            description,
                            call.fd(),
                            new EpollInstance.Entry(token, fd, call.events()),
                            call.data());
                    instance.prune(() -> tokens(epoll.kernelFd()));
                }
                if ((call.events() & EpollEvent.EPOLLEXCLUSIVE) != 0) {
                    instance.hasExclusive();
                }
            }
            return Result.of(result);
        }
    }

    /** The kernel lists the entries of an instance in proc_pid_fdinfo(5). */
    private static Set<Long> tokens(int epfd) {
        Set<Long> tokens = new HashSet<>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + epfd))) {
                Matcher entry = ENTRY.matcher(line);
                if (entry.find()) {
                    tokens.add(Long.parseUnsignedLong(entry.group(1), 16));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }

    Result await(LeasedCall on, Call.EpollWait call) {
        if (call.maxevents() <= 0 || call.maxevents() > EP_MAX_EVENTS) {
            return new Result.Failure(Errno.EINVAL);
        }
        EpollWaiting waiting = new EpollWaiting(kernel, on, call, exclusive);
        return call.timeout() == 0
                ? waiting.attempt(0).orElse(EpollWaiting.NOTHING)
                : blocking.run(on, waiting);
    }
}
