package dev.socketlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DrainedTests {
    private final Drained drained = new Drained();

    @Test
    void whoReceivesNextGetsTheBytesInTheirOrder() {
        drained.append(new byte[] {1, 2});
        drained.append(new byte[] {3});
        assertThat(drained.first(2, true)).containsExactly(1, 2);
        assertThat(drained.first(2, false)).containsExactly(1, 2);
        assertThat(drained.first(9, false)).containsExactly(3);
        assertThat(drained.size()).isZero();
    }

    @Test
    void theyEndWithTheirConnection() {
        drained.append(new byte[] {1});
        drained.clear();
        assertThat(drained.size()).isZero();
        drained.append(new byte[] {2});
        assertThat(drained.first(9, false)).containsExactly(2);
    }

    /** It is called under the description's monitor, which is taken under this one. */
    @Test
    void aConnectionEndsWhileSomebodyReceives() throws InterruptedException {
        drained.append(new byte[] {1});
        synchronized (drained) {
            Thread.ofVirtual().start(drained::clear).join();
        }
        assertThat(drained.size()).isZero();
    }
}
