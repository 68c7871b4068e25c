package dev.socketlab.session;

import java.time.Instant;

/** A call that waits for a socket, and since when. */
public record Waiting(String call, Instant since) {}
