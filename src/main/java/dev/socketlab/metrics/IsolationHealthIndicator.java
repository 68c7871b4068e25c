package dev.socketlab.metrics;

import dev.socketlab.network.Isolation;
import dev.socketlab.refusal.Reason;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether sessions can have networks of their own, and what is missing where they cannot. A service
 * without them is not ill; one whose switch has stopped, or that has no lab thread, is.
 */
@Component
class IsolationHealthIndicator implements HealthIndicator {
    private final Isolation isolation;

    IsolationHealthIndicator(Isolation isolation) {
        this.isolation = isolation;
    }

    @Override
    public Health health() {
        boolean namespaces = isolation.withoutNamespaces().isEmpty();
        boolean labThreads = !namespaces || isolation.threads().alive() > 0;
        boolean switching = isolation.switchLoop().isAlive();
        Health.Builder health = switching && labThreads ? Health.up() : Health.down();
        Optional<Reason> missing = isolation.withoutInterfaces();
        health.withDetail("namespaces", namespaces).withDetail("interfaces", missing.isEmpty());
        missing.ifPresent(reason ->
                health.withDetail("missing", reason.toString())
                        .withDetail("remedy", Isolation.REMEDY.toString()));
        if (!switching) {
            health.withDetail(
                    "problem",
                    "The thread that carries the frames between hosts has ended: nothing reaches"
                            + " another host any more. Restart the service; its log says why.");
        } else if (!labThreads) {
            health.withDetail(
                    "problem",
                    "No thread is left that enters sessions' namespaces: no socket can be made in"
                            + " one. The next call starts one, if the system lets it.");
        }
        return health.build();
    }
}
