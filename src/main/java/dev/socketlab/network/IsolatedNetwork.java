package dev.socketlab.network;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.policy.EgressPolicy;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.OwnPorts;
import dev.socketlab.policy.SocketPolicy;
import dev.socketlab.refusal.Reason;
import dev.socketlab.wire.SwitchLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network of a session's own: its hosts, the switch that joins them, and the file with their
 * names. It leads nowhere else, so there is nothing for a policy of addresses to refuse. Who closes
 * it sees that no call on one of its hosts is under way.
 */
public final class IsolatedNetwork implements SessionNetwork {
    private static final EgressPolicy EGRESS = new EgressPolicy(List.of("any"), new OwnPorts());
    private static final OptionPolicy OPTIONS = new OptionPolicy(true);

    private final Kernel kernel;
    private final List<IsolatedHost> hosts;
    private final SwitchLoop.Plugged wire;
    private final SocketPolicy sockets;
    private volatile HostsFile hostsFile;

    private IsolatedNetwork(
            HostKit kit, List<IsolatedHost> hosts, SwitchLoop.Plugged wire, HostsFile hostsFile) {
        this.kernel = kit.kernel();
        this.sockets = kit.sockets();
        this.hosts = hosts;
        this.wire = wire;
        this.hostsFile = hostsFile;
    }

    /**
     * Makes the hosts, side by side, and plugs them into a switch.
     *
     * @throws SyscallException when the kernel refuses something; nothing is left then
     */
    static IsolatedNetwork make(HostKit kit, SwitchLoop loop, List<HostSpec> specs) {
        List<IsolatedHost.Making> making =
                specs.stream().map(spec -> IsolatedHost.make(kit, spec)).toList();
        List<IsolatedHost> hosts = new ArrayList<>();
        SwitchLoop.Plugged wire = loop.plugged();
        RuntimeException failure = null;
        for (IsolatedHost.Making one : making) {
            try {
                IsolatedHost host = one.await();
                hosts.add(host);
                if (host.tap() >= 0) {
                    wire.plug(host.tap());
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        IsolatedNetwork network =
                new IsolatedNetwork(kit, List.copyOf(hosts), wire, HostsFile.of(specs));
        if (failure != null) {
            network.close();
            throw failure;
        }
        return network;
    }

    /** How many fds such hosts have at most, beside those of their sockets. */
    public static int fds(List<HostSpec> hosts) {
        int namespaceSockDiagAndNetstat = 3;
        int tap = 1;
        return hosts.stream()
                .mapToInt(host -> namespaceSockDiagAndNetstat + (host.eth0() == null ? 0 : tap))
                .sum();
    }

    /** Its hosts, in the order in which they were asked for. */
    public List<HostSpec> hosts() {
        return hosts.stream().map(IsolatedHost::spec).toList();
    }

    @Override
    public @Nullable String nameOf(Host place) {
        return place instanceof IsolatedHost host ? host.spec().name() : null;
    }

    @Override
    public List<Host> places() {
        return List.copyOf(hosts);
    }

    /** The session's hosts file. */
    public HostsFile hostsFile() {
        return hostsFile;
    }

    public void setHostsFile(HostsFile file) {
        hostsFile = file;
    }

    @Override
    public EgressPolicy egress() {
        return EGRESS;
    }

    @Override
    public SocketPolicy sockets() {
        return sockets;
    }

    @Override
    public OptionPolicy options() {
        return OPTIONS;
    }

    @Override
    public IsolatedHost host(@Nullable String name, int domain) {
        return host(name);
    }

    @Override
    public void requireHost(@Nullable String name) {
        if (name != null && find(name).isEmpty()) {
            throw new NoSuchHostException(
                    Reason.of(
                            "not-found.host",
                            String.join(", ", hosts().stream().map(HostSpec::name).toList())));
        }
    }

    private IsolatedHost host(@Nullable String name) {
        return name == null
                ? hosts.getFirst()
                : find(name)
                        .orElseThrow(() ->
                                new IllegalArgumentException("the network has no host " + name));
    }

    private Optional<IsolatedHost> find(String name) {
        return hosts.stream().filter(host -> host.spec().name().equalsIgnoreCase(name)).findFirst();
    }

    /** getaddrinfo(3) on one of the hosts. */
    public HostNames.Resolved getaddrinfo(
            @Nullable String host,
            @Nullable String node,
            @Nullable String service,
            Netdb.@Nullable Hints hints) {
        return new HostNames(kernel, host(host), hostsFile).getaddrinfo(node, service, hints);
    }

    /** getnameinfo(3) on the first of the hosts. */
    public Netdb.Answer<Netdb.Nameinfo> getnameinfo(SocketAddress addr, int flags) {
        return new HostNames(kernel, host(null), hostsFile).getnameinfo(addr, flags);
    }

    /** Unplugs the hosts and ends them. */
    @Override
    public void close() {
        wire.close();
        hosts.forEach(IsolatedHost::close);
    }
}
