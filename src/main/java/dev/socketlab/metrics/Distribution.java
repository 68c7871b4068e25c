package dev.socketlab.metrics;

import java.util.Arrays;

/**
 * How a figure is spread over sockets: its sum, its greatest, and how many have at most each of
 * some bounds. Not shared between threads while figures are added.
 */
final class Distribution {
    private final double[] bounds;
    private final long[] atMost;
    private double sum;
    private double max;

    /**
     * @param bounds ascending; one of infinity is added
     */
    Distribution(double... bounds) {
        this.bounds = Arrays.copyOf(bounds, bounds.length + 1);
        this.bounds[bounds.length] = Double.POSITIVE_INFINITY;
        this.atMost = new long[this.bounds.length];
    }

    void add(double value) {
        sum += value;
        max = Math.max(max, value);
        for (int i = bounds.length - 1; i >= 0 && value <= bounds[i]; i--) {
            atMost[i]++;
        }
    }

    double sum() {
        return sum;
    }

    double max() {
        return max;
    }

    double bound(int i) {
        return bounds[i];
    }

    int size() {
        return bounds.length;
    }

    /** How many figures are not above a bound. */
    long atMost(int i) {
        return atMost[i];
    }
}
