package dev.socketlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.readiness.ReadinessLoop;
import dev.socketlab.session.OpenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Health says what is wrong in words. */
class HealthTests {
    private static FdsHealthIndicator fds(int sessionsLimit, long open, long limit) {
        return new FdsHealthIndicator(
                new OpenFiles(sessionsLimit),
                new FdsHealthIndicator.Used() {
                    @Override
                    public long count() {
                        return open;
                    }

                    @Override
                    public long limit() {
                        return limit;
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({"89, UP", "90, WARNING", "100, WARNING"})
    void fdsOfTheProcessNearTheirLimitAreAWarning(long open, String status) {
        Health health = fds(10, open, 100).health();
        assertThat(health.getStatus().getCode()).isEqualTo(status);
        assertThat(health.getDetails()).containsEntry("process", open);
        if (status.equals("WARNING")) {
            assertThat(health.getDetails().get("problem"))
                    .asString()
                    .startsWith("The process has " + open + " of the 100 file descriptors");
            assertThat(health.getDetails().get("remedy")).asString().contains("ulimit -n");
        }
    }

    @Test
    void fdsOfSessionsNearTheirLimitAreAWarning() {
        Health health = fds(0, 1, 100).health();
        assertThat(health.getStatus()).isEqualTo(FdsHealthIndicator.WARNING);
        assertThat(health.getDetails().get("problem"))
                .asString()
                .startsWith("Sessions have 0 of the 0 file descriptors");
    }

    @Test
    void bothAreSaid() {
        assertThat(fds(0, 95, 100).health().getDetails().get("problem"))
                .asString()
                .contains("Sessions have 0 of the 0", "The process has 95 of the 100");
    }

    @Test
    void aLoopThatHasEndedIsSaidSo() {
        ReadinessLoop loop = new ReadinessLoop(new ScriptedKernel());
        EpollHealthIndicator indicator = new EpollHealthIndicator(loop);
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        loop.close();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(indicator.health().getDetails().get("problem"))
                .asString()
                .contains("no call that waits is woken");
    }
}
