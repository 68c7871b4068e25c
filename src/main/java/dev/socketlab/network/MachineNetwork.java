package dev.socketlab.network;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.policy.EgressPolicy;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.SocketPolicy;
import dev.socketlab.refusal.Reason;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The machine's own network, under the operator's policy, as one session has it. Where the machine
 * has namespaces, the session's AF_UNIX sockets are in one of its own all the same: abstract names
 * are a namespace's, so the machine's are out of reach and the session's are nobody else's.
 */
public final class MachineNetwork implements SessionNetwork {
    private final MachineHost machine;
    private final EgressPolicy egress;
    private final OptionPolicy options;
    private final SocketPolicy sockets;
    private final @Nullable Supplier<IsolatedNetwork> namespaces;
    private @Nullable IsolatedNetwork unix;

    /**
     * Makes nothing yet.
     *
     * @param namespaces makes one of a single host without interfaces; null where the machine
     *     cannot
     */
    public MachineNetwork(
            MachineHost machine,
            EgressPolicy egress,
            OptionPolicy options,
            SocketPolicy sockets,
            @Nullable Supplier<IsolatedNetwork> namespaces) {
        this.machine = machine;
        this.egress = egress;
        this.options = options;
        this.sockets = sockets;
        this.namespaces = namespaces;
    }

    @Override
    public EgressPolicy egress() {
        return egress;
    }

    @Override
    public SocketPolicy sockets() {
        return sockets;
    }

    @Override
    public OptionPolicy options() {
        return options;
    }

    @Override
    public Host host(@Nullable String name, int domain) {
        if (name != null) {
            throw new IllegalArgumentException("the machine's network has no hosts");
        }
        return domain == AddressFamily.AF_UNIX && namespaces != null ? unix(namespaces) : machine;
    }

    @Override
    public @Nullable String nameOf(Host place) {
        return null;
    }

    @Override
    public synchronized List<Host> places() {
        return unix == null
                ? List.of(machine)
                : Stream.concat(Stream.of(machine), unix.places().stream()).toList();
    }

    @Override
    public void requireHost(@Nullable String name) {
        if (name != null) {
            throw new NoSuchHostException(Reason.of("not-found.no-hosts"));
        }
    }

    private synchronized Host unix(Supplier<IsolatedNetwork> maker) {
        if (unix == null) {
            unix = maker.get();
        }
        return unix.host(null, AddressFamily.AF_UNIX);
    }

    /** The machine's network was there before the session and stays. */
    @Override
    public synchronized void close() {
        if (unix != null) {
            unix.close();
        }
    }
}
