package dev.socketlab.call;

import dev.socketlab.linux.Netdb;
import java.time.Duration;
import java.util.List;

/**
 * A result of getaddrinfo(3) that its session keeps until it is freed.
 *
 * @param id the session's number for it, from 1
 */
public record Addrinfos(int id, List<Netdb.Addrinfo> res, Lookup lookup) {
    /** Where an answer came from, as far as that can be told. */
    public enum Source {
        /** No name was looked up: an address was given, or none. */
        NUMERIC,
        /** The hosts file, hosts(5), has the name with these addresses. */
        FILES,
        /** DNS is the one other source that nsswitch.conf(5) names. */
        DNS,
        /** One of several sources. */
        OTHER
    }

    /** How the look-up went. */
    public record Lookup(Source source, Duration elapsed) {}
}
