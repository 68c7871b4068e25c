package dev.socketlab.inspect;

import org.jspecify.annotations.Nullable;

/**
 * The queues of a listener, listen(2).
 *
 * @param syn requests that are not completed: SYN-RECEIVED
 * @param accept connections that nobody has accepted
 * @param dropped packets that the socket has dropped; a listener's are of both queues
 */
public record Queues(Queue syn, Queue accept, @Nullable Long dropped) {}
