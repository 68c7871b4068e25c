package dev.socketlab.endtoend;

import tools.jackson.databind.node.ObjectNode;

/** A way by which calls are made. */
public interface CallDoor {
    /**
     * Makes a call.
     *
     * @param call as {@code CallReader} reads it
     * @return the JSON of its answer; where it failed, with {@code errno} or {@code eai}
     */
    ObjectNode make(ObjectNode call);

    /** Closes what is open. */
    void end();
}
