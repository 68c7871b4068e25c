package dev.socketlab.network;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.Routes;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.linux.UnixSockets;
import dev.socketlab.place.LabTask;
import dev.socketlab.place.StrayException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host of a session's own network: a network namespace, network_namespaces(7), that nothing but
 * this object's fd and its sockets keep. Whoever closes it sees that no call on it is under way.
 */
public final class IsolatedHost implements Host, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IsolatedHost.class);

    private final Kernel kernel;
    private final HostKit kit;
    private final HostSpec spec;
    private final HostSetup.Made made;
    private final Requests requests = new Requests(this::observing);
    private @Nullable Inside inside;
    private Netstat.Listening counted = Netstat.Listening.NOTHING;

    /** What was opened in the namespace, once somebody asked. */
    private record Inside(SockDiag sockDiag, Netstat netstat) {}

    private IsolatedHost(HostKit kit, HostSpec spec, HostSetup.Made made) {
        this.kernel = kit.kernel();
        this.kit = kit;
        this.spec = spec;
        this.made = made;
    }

    /** A host that is being made. */
    record Making(HostKit kit, HostSpec spec, LabTask<HostSetup.Made> task) {
        /**
         * Waits for the host.
         *
         * @throws dev.socketlab.linux.SyscallException when the kernel refuses something
         */
        IsolatedHost await() {
            return new IsolatedHost(kit, spec, task.await());
        }
    }

    /** Has a host made. */
    static Making make(HostKit kit, HostSpec spec) {
        return new Making(
                kit,
                spec,
                kit.threads().startInNew(() -> HostSetup.make(kit.kernel(), kit.sysctls(), spec)));
    }

    public HostSpec spec() {
        return spec;
    }

    /** The fd of its end of the session's wire; -1 where it has none. */
    int tap() {
        return made.tap();
    }

    /**
     * A socket that is not of this namespace is closed, and the thread that made it ends.
     *
     * @throws StrayException in that case
     */
    @Override
    public SyscallResult socket(int domain, int type, int protocol) {
        return in(() -> {
            SyscallResult result = kernel.socket(domain, type, protocol);
            if (result instanceof Success(long fd)) {
                checkMadeHere((int) fd);
            }
            return result;
        });
    }

    /** As {@link #socket}. */
    @Override
    public SyscallResult socketpair(int domain, int type, int protocol, int[] sv) {
        return in(() -> {
            SyscallResult result = kernel.socketpair(domain, type, protocol, sv);
            if (result instanceof Success) {
                checkMadeHere(sv);
            }
            return result;
        });
    }

    private void checkMadeHere(int... fds) {
        for (int fd : fds) {
            if (SocketCookie.ofNamespace(kernel, fd) != made.cookie()) {
                for (int stray : fds) {
                    kernel.close(stray);
                }
                throw new StrayException("a socket was not made on the host it was meant for");
            }
        }
    }

    @Override
    public Set<Long> unixSockets() {
        return in(() -> UnixSockets.inodes(kernel));
    }

    @Override
    public SockDiag sockDiag() {
        return inside().sockDiag();
    }

    /** Its lists are short: they are of its own sockets alone. */
    @Override
    public SockDiag observing() {
        return sockDiag();
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public Netstat netstat() {
        return inside().netstat();
    }

    @Override
    public <T> T routes(Function<Routes, T> question) {
        return in(() -> {
            try (Routes routes = new Routes(kernel)) {
                return question.apply(routes);
            }
        });
    }

    /** Adds what the kernel has counted since this was last asked to the sum of all hosts. */
    public synchronized void count() {
        Netstat.Listening now = netstat().listening();
        kit.listening().add(now.minus(counted));
        counted = now;
    }

    private synchronized Inside inside() {
        if (inside == null) {
            inside = in(() -> open(kernel));
        }
        return inside;
    }

    private static Inside open(Kernel kernel) {
        SockDiag sockDiag = new SockDiag(kernel);
        try {
            return new Inside(sockDiag, new Netstat(kernel));
        } catch (SyscallException e) {
            sockDiag.close();
            throw e;
        }
    }

    /** Does something in the host's namespace, on a lab thread: system calls and nothing else. */
    <T> T in(Supplier<T> task) {
        return kit.threads().startIn(made.namespace(), task).await();
    }

    /**
     * Ends the host: its connections are aborted, so that none keeps the namespace, and the rest
     * goes with the fds. Where the kernel does not let them be aborted, those that still have data
     * to deliver keep the namespace until they give up.
     */
    @Override
    public synchronized void close() {
        try {
            sockDiag().abortAll();
            count();
        } catch (SyscallException | StrayException e) {
            LOG.warn("the connections of a session that ended were not aborted", e);
        } finally {
            if (inside != null) {
                inside.sockDiag().close();
                inside.netstat().close();
            }
            HostSetup.undo(kernel, made);
        }
    }
}
