package dev.socketlab.web;

import dev.socketlab.network.Isolation;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether sessions can have networks of their own, and what is missing where they cannot. A service
 * without them is not ill; one whose switch has stopped is.
 */
@Component
class IsolationHealthIndicator implements HealthIndicator {
    private final Isolation isolation;

    IsolationHealthIndicator(Isolation isolation) {
        this.isolation = isolation;
    }

    @Override
    public Health health() {
        Health.Builder health = isolation.switchLoop().isAlive() ? Health.up() : Health.down();
        Optional<String> missing = isolation.withoutInterfaces();
        health.withDetail("namespaces", isolation.withoutNamespaces().isEmpty())
                .withDetail("interfaces", missing.isEmpty());
        missing.ifPresent(reason ->
                health.withDetail("missing", reason).withDetail("remedy", Isolation.REMEDY));
        return health.build();
    }
}
