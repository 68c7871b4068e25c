package dev.socketlab.network;

import dev.socketlab.policy.EgressPolicy;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.SocketPolicy;
import java.util.List;

/** Makes the networks of sessions. */
public final class Networks {
    private final MachineHost machine;
    private final EgressPolicy egress;
    private final OptionPolicy options;
    private final SocketPolicy sockets;
    private final Isolation isolation;

    /**
     * @param egress which addresses sessions may use on the machine's network
     * @param options which options there
     * @param sockets which kinds of socket there
     */
    public Networks(
            MachineHost machine,
            EgressPolicy egress,
            OptionPolicy options,
            SocketPolicy sockets,
            Isolation isolation) {
        this.machine = machine;
        this.egress = egress;
        this.options = options;
        this.sockets = sockets;
        this.isolation = isolation;
    }

    /** The machine's own network, for one session; the caller closes it. */
    public MachineNetwork machine() {
        boolean possible = isolation.withoutNamespaces().isEmpty();
        return new MachineNetwork(
                machine,
                egress,
                options,
                sockets,
                possible ? () -> isolation.make(List.of(HostSpec.LOCALHOST)) : null);
    }

    /**
     * A network of the session's own; the caller closes it.
     *
     * @throws dev.socketlab.linux.SyscallException when the kernel refuses something; nothing is
     *     left then
     */
    public IsolatedNetwork isolated(List<HostSpec> hosts) {
        return isolation.make(hosts);
    }

    /** What the machine can do. */
    public Isolation isolation() {
        return isolation;
    }
}
