package dev.socketlab.comparison;

import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.node.ObjectNode;

/** One of the two that make the same calls: each call on a thread of its own, for it may block. */
interface Side extends AutoCloseable {
    /**
     * Begins a call.
     *
     * @param call with this side's own addresses in it
     */
    CompletableFuture<ObjectNode> begin(ObjectNode call);

    /** Makes a call that is interrupted if it blocks, which is EINTR or the part that was done. */
    CompletableFuture<ObjectNode> interrupted(ObjectNode call);

    /** Waits until each call that was begun has ended or is blocked. */
    void settle();

    /** Ends what blocks, and closes what is open. */
    @Override
    void close();
}
