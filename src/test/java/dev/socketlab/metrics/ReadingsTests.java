package dev.socketlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.linux.Kernel;
import dev.socketlab.network.MachineHost;
import dev.socketlab.network.Networks;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** A reading is shared for a second, and bounded by a clock of the test's. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ReadingsTests {
    @Autowired SessionRegistry registry;
    @Autowired MachineHost machine;
    @Autowired Kernel kernel;
    @Autowired Networks networks;

    private final AtomicLong now = new AtomicLong();
    private final List<Session> sessions = new ArrayList<>();
    private long step;
    private Readings readings;

    @BeforeEach
    void begin() {
        readings = new Readings(registry, machine, kernel, () -> now.addAndGet(step));
        for (int i = 0; i < 3; i++) {
            sessions.add(registry.create("one", 0, networks::machine));
        }
    }

    @AfterEach
    void end() {
        for (Session session : sessions) {
            registry.end(session);
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void itIsSharedForASecond() {
        Reading first = readings.latest();
        pass(Duration.ofMillis(999));
        assertThat(readings.latest()).isSameAs(first);
        pass(Duration.ofMillis(21));
        assertThat(readings.latest()).isNotSameAs(first);
        assertThat(first.left()).isZero();
        assertThat(first.sessions(false)).isEqualTo(3);
    }

    /** Else one scrape would have figures of two readings. */
    @Test
    void aThreadThatAsksOnAndOnGetsTheSameForALittleLonger() throws Exception {
        Reading first = readings.latest();
        pass(Duration.ofMillis(995));
        assertThat(readings.latest()).isSameAs(first);
        pass(Duration.ofMillis(10));
        assertThat(readings.latest()).isSameAs(first);
        List<Reading> others = new ArrayList<>();
        Thread other = Thread.startVirtualThread(() -> others.add(readings.latest()));
        other.join();
        assertThat(others.getFirst()).isNotSameAs(first);
        for (int i = 0; i < 200; i++) {
            pass(Duration.ofMillis(10));
            readings.latest();
        }
        assertThat(readings.latest()).as("but not for ever").isNotSameAs(first);
    }

    @Test
    void itEndsWithItsTimeAndTheNextOneBeginsWhereItEnded() {
        step = Duration.ofMillis(100).toNanos();
        Reading first = readings.latest();
        assertThat(first.sessions()).hasSize(2);
        assertThat(first.left()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        Reading second = readings.latest();
        assertThat(second.sessions()).as("what was read before is kept").hasSize(3);
        assertThat(second.left()).isEqualTo(1);
        Session late =
                sessions.stream()
                        .filter(one -> !first.sessions().containsKey(one))
                        .findFirst()
                        .orElseThrow();
        assertThat(second.sessions().get(late).at())
                .isEqualTo(
                        second.sessions().values().stream()
                                .mapToLong(SessionReading::at)
                                .sorted()
                                .toArray()[1]);
    }

    @Test
    void aSessionThatHasEndedIsForgotten() {
        readings.latest();
        registry.end(sessions.removeLast());
        pass(Duration.ofSeconds(1));
        assertThat(readings.latest().sessions()).hasSize(2);
        assertThat(readings.latest().sessions(false)).isEqualTo(2);
    }
}
