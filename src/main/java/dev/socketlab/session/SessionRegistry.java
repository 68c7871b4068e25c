package dev.socketlab.session;

import dev.socketlab.network.SessionNetwork;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.LimitException.Limit;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of the service: makes them, finds them, ends those that are over. */
public final class SessionRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRegistry.class);
    private static final int ID_BYTES = 16;

    private final SessionSettings settings;
    private final OpenFiles openFiles;
    private final SocketDirectories directories;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private @Nullable Session latest;
    private int inTheMaking;
    private boolean stopping;

    /**
     * @param directories where sessions' UNIX sockets have their names
     */
    public SessionRegistry(
            SessionSettings settings, OpenFiles openFiles, SocketDirectories directories) {
        this.directories = directories;
        this.settings = settings;
        this.openFiles = openFiles;
    }

    /**
     * Makes a session.
     *
     * @param fds how many kernel file descriptors its network has
     * @param network makes that, and the session closes it
     * @throws LimitException when the service holds as many as it may, or is stopping
     * @throws dev.socketlab.linux.SyscallException when the kernel refuses the network
     */
    public Session create(@Nullable String name, int fds, Supplier<SessionNetwork> network) {
        begin();
        try {
            Session session =
                    new Session(
                            newId(),
                            name,
                            settings,
                            make(fds, network),
                            openFiles,
                            directories,
                            fds);
            register(session);
            return session;
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        checkRunning();
        int held = sessions.size() + inTheMaking;
        if (held >= settings.maxSessions()) {
            throw new LimitException(Limit.SESSIONS, held);
        }
        inTheMaking++;
    }

    private synchronized void end() {
        inTheMaking--;
    }

    private SessionNetwork make(int fds, Supplier<SessionNetwork> network) {
        openFiles.take(fds);
        boolean made = false;
        try {
            SessionNetwork one = network.get();
            made = true;
            return one;
        } finally {
            if (!made) {
                openFiles.giveBack(fds);
            }
        }
    }

    private void register(Session session) {
        synchronized (this) {
            if (!stopping) {
                sessions.put(session.id(), session);
                latest = session;
                return;
            }
        }
        session.end();
        checkRunning();
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    private void checkRunning() {
        if (isStopping()) {
            throw new LimitException(Limit.STOPPING);
        }
    }

    /**
     * The session with that id; {@code latest} is the newest.
     *
     * @throws NotFoundException when there is none
     * @throws LimitException when the service is stopping
     */
    public Session get(String id) {
        checkRunning();
        Session session = id.equals("latest") ? newest() : sessions.get(id);
        if (session == null) {
            throw new NotFoundException(
                    id.equals("latest")
                            ? Reason.of("not-found.no-session")
                            : Reason.of("not-found.session"));
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
        sessions.remove(session.id());
        Optional<Session.LeakReport> report = session.end();
        return report.orElseThrow(session::hasEnded);
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
