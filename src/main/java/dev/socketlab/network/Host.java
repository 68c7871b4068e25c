package dev.socketlab.network;

import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.Routes;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SyscallResult;
import java.util.Set;
import java.util.function.Function;

/** A place where sockets are made: the machine itself, or a host of a session's own network. */
public sealed interface Host permits MachineHost, IsolatedHost {
    /** socket(2) on this host. */
    SyscallResult socket(int domain, int type, int protocol);

    /** socketpair(2) on this host. */
    SyscallResult socketpair(int domain, int type, int protocol, int[] sv);

    /** The sockets of this host, as its kernel lists them; for calls. */
    SockDiag sockDiag();

    /** As {@link #sockDiag}, for whoever looks on, so that no call has to wait for a long list. */
    SockDiag observing();

    /** The requests for connections that its listeners have. */
    Requests requests();

    /** The inodes of the UNIX sockets that there are on this host. */
    Set<Long> unixSockets();

    /** What its kernel counts. */
    Netstat netstat();

    /**
     * Asks the host's routing table.
     *
     * @param question system calls, and nothing that another thread would wait for
     */
    <T> T routes(Function<Routes, T> question);
}
