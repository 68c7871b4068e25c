package dev.socketlab.web;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.network.HostSpec;
import dev.socketlab.network.IsolatedNetwork;
import dev.socketlab.network.Isolation;
import dev.socketlab.network.MachineNetwork;
import dev.socketlab.network.Networks;
import dev.socketlab.network.SessionNetwork;
import dev.socketlab.refusal.Reason;
import dev.socketlab.web.problem.MachineException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Which network a new session gets: one of its own where the machine can, or the machine's. */
@Component
final class NetworkChoice {
    static final String HOST = "host";
    static final String ISOLATED = "isolated";

    private final Networks networks;
    private final boolean loopbackOnly;

    NetworkChoice(Networks networks, ServerProperties server) {
        InetAddress address = server.getAddress();
        this.networks = networks;
        this.loopbackOnly = address != null && address.isLoopbackAddress();
    }

    /** A network to be made. */
    record Chosen(int fds, Supplier<SessionNetwork> network) {}

    /** What the API calls a session's network. */
    static String name(SessionNetwork network) {
        return switch (network) {
            case MachineNetwork _ -> HOST;
            case IsolatedNetwork _ -> ISOLATED;
        };
    }

    /**
     * Chooses. A session that asks for none gets the machine's, where it can have none of its own,
     * only from a service that is itself reached from this machine alone.
     *
     * @throws InvalidRequestException when what is asked makes no sense
     * @throws MachineException when the machine cannot give it
     */
    Chosen choose(@Nullable String asked, @Nullable List<HostRequest> hosts) {
        return switch (asked) {
            case HOST -> {
                if (hosts != null) {
                    throw new InvalidRequestException("/hosts", Reason.of("invalid.hosts-on-host"));
                }
                yield machine();
            }
            case ISOLATED -> isolated(hosts);
            case null -> {
                Optional<Reason> missing = networks.isolation().withoutNamespaces();
                if (hosts != null || missing.isEmpty()) {
                    yield isolated(hosts);
                }
                if (!loopbackOnly) {
                    throw new MachineException(Reason.of("machine.no-fallback", missing.get()));
                }
                yield machine();
            }
            default -> throw new InvalidRequestException("/network", Reason.of("invalid.network"));
        };
    }

    private Chosen machine() {
        return new Chosen(0, networks::machine);
    }

    private Chosen isolated(@Nullable List<HostRequest> asked) {
        List<HostSpec> hosts =
                asked == null ? List.of(HostSpec.LOCALHOST) : HostRequests.specs(asked);
        Isolation isolation = networks.isolation();
        boolean wired = hosts.stream().anyMatch(host -> host.eth0() != null);
        Optional<Reason> missing =
                wired ? isolation.withoutInterfaces() : isolation.withoutNamespaces();
        if (missing.isPresent()) {
            throw new MachineException(
                    Reason.of("machine.and-remedy", missing.get(), Isolation.REMEDY));
        }
        return new Chosen(IsolatedNetwork.fds(hosts), () -> networks.isolated(hosts));
    }
}
