package dev.socketlab.metrics;

import dev.socketlab.readiness.ReadinessLoop;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the loop that wakes the calls that wait is alive. */
@Component
class EpollHealthIndicator implements HealthIndicator {
    private final ReadinessLoop loop;

    EpollHealthIndicator(ReadinessLoop loop) {
        this.loop = loop;
    }

    @Override
    public Health health() {
        return loop.isAlive()
                ? Health.up().build()
                : Health.down()
                        .withDetail(
                                "problem",
                                "The thread that waits for sockets, in epoll_wait, has ended: no call"
                                        + " that waits is woken any more.")
                        .withDetail("remedy", "Restart the service; its log says why.")
                        .build();
    }
}
