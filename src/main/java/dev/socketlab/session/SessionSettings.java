package dev.socketlab.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long sessions live and how much they may have.
 *
 * @param idleTimeout a session without a call for this long ends
 * @param maxAge a session this old ends, whatever it does
 * @param maxSessions how many sessions the service holds
 * @param maxFds how many file descriptors a session has open at most, and how many in messages
 * @param maxWaits how many calls of a session wait at a time
 * @param maxServiceWaits how many calls of all sessions wait at a time
 * @param maxOpenFiles how many kernel file descriptors all sessions have at most; 0 takes what the
 *     process's own limit (RLIMIT_NOFILE) leaves beside the HTTP connections
 * @param maxAddrinfoLists how many getaddrinfo results a session keeps
 * @param maxFiles how many names of UNIX sockets a session has in its directory at most
 * @param maxLen a longer len of a receiving call is cut to this, in bytes
 * @param lookupThreads how many look-ups of names run at a time
 * @param lookupQueue how many more wait for one of those threads
 */
@ConfigurationProperties("socketlab.session")
public record SessionSettings(
        @DefaultValue("30m") Duration idleTimeout,
        @DefaultValue("8h") Duration maxAge,
        @DefaultValue("1000") int maxSessions,
        @DefaultValue("256") int maxFds,
        @DefaultValue("64") int maxWaits,
        @DefaultValue("12000") int maxServiceWaits,
        @DefaultValue("0") int maxOpenFiles,
        @DefaultValue("64") int maxAddrinfoLists,
        @DefaultValue("1024") int maxFiles,
        @DefaultValue("1048576") int maxLen,
        @DefaultValue("4") int lookupThreads,
        @DefaultValue("32") int lookupQueue) {}
