package dev.socketlab.session;

import dev.socketlab.session.LimitException.Limit;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of the service: makes them, finds them, ends those that are over. */
public final class SessionRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRegistry.class);
    private static final int ID_BYTES = 16;

    private final SessionSettings settings;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private @Nullable Session latest;
    private boolean stopping;

    public SessionRegistry(SessionSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes a session.
     *
     * @throws LimitException when the service holds as many as it may, or is stopping
     */
    public synchronized Session create(@Nullable String name) {
        if (isStopping()) {
            throw new LimitException(Limit.STOPPING, "The service is stopping.");
        }
        if (sessions.size() >= settings.maxSessions()) {
            throw new LimitException(
                    Limit.SESSIONS,
                    "The service holds "
                            + sessions.size()
                            + " sessions, as many as it may (socketlab.session.max-sessions); end"
                            + " one, or try again later.");
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Session session = new Session(HexFormat.of().formatHex(id), name, settings);
        sessions.put(session.id(), session);
        latest = session;
        return session;
    }

    /**
     * The session with that id; {@code latest} is the newest.
     *
     * @throws NotFoundException when there is none
     * @throws LimitException when the service is stopping
     */
    public Session get(String id) {
        if (isStopping()) {
            throw new LimitException(Limit.STOPPING, "The service is stopping.");
        }
        Session session = id.equals("latest") ? newest() : sessions.get(id);
        if (session == null) {
            throw new NotFoundException(
                    id.equals("latest")
                            ? "There is no session; POST /api/v1/sessions makes one."
                            : "There is no session with this id; it may have ended.");
        }
        return session;
    }

    /** Every session, the oldest first. */
    public List<Session> all() {
        return sessions.values().stream().sorted(Comparator.comparing(Session::createdAt)).toList();
    }

    /**
     * Ends a session.
     *
     * @throws NotFoundException when it had ended before
     */
    public Session.LeakReport end(Session session) {
        Optional<Session.LeakReport> report = session.end();
        sessions.remove(session.id());
        return report.orElseThrow(
                () -> new NotFoundException("The session " + session.id() + " has ended."));
    }

    /** Makes no session from now on, and ends those there are. */
    public void stop() {
        synchronized (this) {
            stopping = true;
        }
        all().forEach(Session::end);
        sessions.clear();
    }

    /** Makes sessions again. */
    public synchronized void start() {
        stopping = false;
    }

    @Override
    public void close() {
        stop();
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized @Nullable Session newest() {
        if (latest == null || !sessions.containsKey(latest.id())) {
            List<Session> left = all();
            latest = left.isEmpty() ? null : left.getLast();
        }
        return latest;
    }

    /** Ends the sessions that are idle for too long or too old; asked from time to time. */
    public void endExpired() {
        for (Session session : all()) {
            if (session.isExpired()) {
                session.end().ifPresent(SessionRegistry::log);
                sessions.remove(session.id());
            }
        }
    }

    private static void log(Session.LeakReport report) {
        LOG.debug("a session expired with {} fds open", report.closed().size());
    }
}
