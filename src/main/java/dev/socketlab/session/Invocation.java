package dev.socketlab.session;

import dev.socketlab.call.Call;

/**
 * A call of a session, from its beginning to its end.
 *
 * @param number which of the session's calls it is, from 1, in the order in which they began
 * @param began a moment of {@link System#nanoTime}
 */
public record Invocation(Session session, long number, Call call, Caller caller, long began) {}
