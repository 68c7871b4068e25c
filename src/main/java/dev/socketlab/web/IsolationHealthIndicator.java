package dev.socketlab.web;

import dev.socketlab.network.Isolation;
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
        Optional<String> missing = isolation.withoutInterfaces();
        health.withDetail("namespaces", namespaces).withDetail("interfaces", missing.isEmpty());
        missing.ifPresent(reason ->
                health.withDetail("missing", reason).withDetail("remedy", Isolation.REMEDY));
        return health.build();
    }
}
