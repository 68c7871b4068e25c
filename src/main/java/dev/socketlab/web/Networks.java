package dev.socketlab.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Which networks sessions can have here: the machine's own, for now. */
@Component
final class Networks {
    static final String HOST = "host";
    static final String ISOLATED = "isolated";

    private final boolean loopbackOnly;

    Networks(ServerProperties server) {
        InetAddress address = server.getAddress();
        this.loopbackOnly = address != null && address.isLoopbackAddress();
    }

    /** Why there are no isolated sessions. */
    static String whyNotIsolated() {
        return "This version of Socket Lab makes no network namespaces, so a session cannot have a"
                + " network of its own.";
    }

    /**
     * The network that a new session gets. One that asks for none gets the machine's only where the
     * service itself is reached from this machine alone.
     *
     * @param hosts whether it asks for hosts, which only an isolated network has
     * @throws MachineException when the machine cannot give it
     */
    String choose(@Nullable String asked, boolean hosts) {
        return switch (asked) {
            case HOST -> {
                if (hosts) {
                    throw new InvalidRequestException(
                            "/hosts", "only a session with \"network\":\"isolated\" has hosts");
                }
                yield HOST;
            }
            case ISOLATED -> throw new MachineException(whyNotIsolated());
            case null -> {
                if (hosts) {
                    throw new MachineException(whyNotIsolated());
                }
                if (!loopbackOnly) {
                    throw new MachineException(
                            whyNotIsolated()
                                    + " The service listens beyond loopback, so it does not fall back"
                                    + " to the machine's network by itself; ask for it with"
                                    + " \"network\":\"host\".");
                }
                yield HOST;
            }
            default ->
                    throw new InvalidRequestException(
                            "/network", "a network is \"isolated\" or \"host\"");
        };
    }
}
