package dev.socketlab;

import java.util.function.BooleanSupplier;

/** Waits for what has no event of its own to wait for. */
public final class Await {
    private Await() {}

    /** Waits until something holds; a test's timeout ends it. */
    public static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new AssertionError("the test's time is over");
            }
            Thread.yield();
        }
    }
}
