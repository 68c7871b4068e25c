package dev.socketlab.inspect;

import org.jspecify.annotations.Nullable;

/**
 * A queue of a listener: connections, or requests for them. Each figure is null where the kernel
 * says nothing.
 *
 * @param depth how many are in it
 * @param limit what the kernel compares that with: it lets one more in than this
 */
public record Queue(@Nullable Long depth, @Nullable Long limit) {
    /** Of a socket that has no such queue. */
    public static final Queue NONE = new Queue(null, null);

    /** How full it is: 1 where nothing more goes in; 0 where it is not known. */
    public double fill() {
        return depth == null || limit == null ? 0 : (double) depth / (limit + 1);
    }
}
