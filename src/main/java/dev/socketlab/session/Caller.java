package dev.socketlab.session;

import java.time.Duration;

/**
 * Who makes a call.
 *
 * @param patience how long the call may wait before it ends with EINTR
 */
public record Caller(Duration patience, Presence presence) {
    /** Whether the caller is still there to be answered. */
    public interface Presence {
        /** Somebody who is always there. */
        Presence ALWAYS =
                new Presence() {
                    @Override
                    public boolean isGone() {
                        return false;
                    }

                    @Override
                    public Watch onGone(Runnable action) {
                        return () -> {};
                    }
                };

        /** Asks now. What a call takes from the kernel would be lost on somebody who is gone. */
        boolean isGone();

        /** Runs the action, soon after the caller has gone, while the watch is open. */
        Watch onGone(Runnable action);
    }

    /** A watch on a caller, until it is closed. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
