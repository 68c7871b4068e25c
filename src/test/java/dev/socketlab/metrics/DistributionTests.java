package dev.socketlab.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistributionTests {
    @Test
    void eachBoundCountsWhatIsNotAboveIt() {
        Distribution distribution = new Distribution(0, 2, 5);
        for (double value : new double[] {0, 1, 2, 5, 9}) {
            distribution.add(value);
        }
        assertThat(distribution.sum()).isEqualTo(17);
        assertThat(distribution.max()).isEqualTo(9);
        assertThat(distribution.size()).isEqualTo(4);
        assertThat(distribution.bound(3)).isInfinite();
        assertThat(
                        new long[] {
                            distribution.atMost(0),
                            distribution.atMost(1),
                            distribution.atMost(2),
                            distribution.atMost(3)
                        })
                .containsExactly(1, 3, 4, 5);
    }
}
