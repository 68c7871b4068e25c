package dev.socketlab.network;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.Routes;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.UnixSockets;
import java.util.Set;
import java.util.function.Function;

/**
 * The machine that the service runs on, in the service's own network namespace. What it is asked
 * through stays open until it is closed, but for {@code sockDiag}, which is its maker's.
 */
public final class MachineHost implements Host, AutoCloseable {
    private final Kernel kernel;
    private final SockDiag sockDiag;
    private final SockDiag observing;
    private final Netstat netstat;
    private final Routes routes;
    private final Requests requests = new Requests(this::observing);

    /**
     * Opens what it is asked through.
     *
     * @throws dev.socketlab.linux.SyscallException when the kernel refuses one
     */
    public MachineHost(Kernel kernel, SockDiag sockDiag) {
        this.kernel = kernel;
        this.sockDiag = sockDiag;
        this.observing = new SockDiag(kernel);
        this.netstat = new Netstat(kernel);
        this.routes = new Routes(kernel);
    }

    @Override
    public SyscallResult socket(int domain, int type, int protocol) {
        return kernel.socket(domain, type, protocol);
    }

    @Override
    public SyscallResult socketpair(int domain, int type, int protocol, int[] sv) {
        return kernel.socketpair(domain, type, protocol, sv);
    }

    @Override
    public SockDiag sockDiag() {
        return sockDiag;
    }

    @Override
    public SockDiag observing() {
        return observing;
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public Set<Long> unixSockets() {
        return UnixSockets.inodes(kernel);
    }

    @Override
    public Netstat netstat() {
        return netstat;
    }

    @Override
    public <T> T routes(Function<Routes, T> question) {
        return question.apply(routes);
    }

    @Override
    public void close() {
        observing.close();
        netstat.close();
        routes.close();
    }
}
