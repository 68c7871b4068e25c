package dev.socketlab.metrics;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.network.MachineHost;
import dev.socketlab.network.SynQueues;
import dev.socketlab.place.StrayException;
import dev.socketlab.session.Observation;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The sockets of all sessions, read from the kernel at most once a second, whoever asks. A reading
 * ends after a quarter of a second: the sessions that it has not come to keep what was read of them
 * before, and are the first of the next one.
 */
@Component
final class Readings {
    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);
    private static final Duration VALID = Duration.ofSeconds(1);

    /** Between two figures of one scrape it is less. */
    private static final Duration SCRAPE = Duration.ofMillis(20);

    private static final Duration BUDGET = Duration.ofMillis(250);

    private static final ThreadLocal<@Nullable Asked> ASKED = new ThreadLocal<>();

    private final SessionRegistry registry;
    private final MachineHost machine;
    private final SessionReader reader;
    private final LongSupplier clock;
    private final Map<Session, SessionReading> sessions = new ConcurrentHashMap<>();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Reading latest;

    /** What a thread was last given, by whom, and when. */
    private record Asked(Readings by, long at, Reading reading) {}

    @Autowired
    Readings(SessionRegistry registry, MachineHost machine, Kernel kernel) {
        this(registry, machine, kernel, System::nanoTime);
    }

    /** As the other one, with a clock that counts nanoseconds. */
    Readings(SessionRegistry registry, MachineHost machine, Kernel kernel, LongSupplier clock) {
        this.registry = registry;
        this.machine = machine;
        this.reader = new SessionReader(kernel);
        this.clock = clock;
    }

    /**
     * The latest reading, or a new one where that is older than a second. A thread that asks again
     * and again, as one that scrapes does, gets the same one, so that figures fit each other.
     */
    Reading latest() {
        Asked before = ASKED.get();
        long now = clock.getAsLong();
        boolean same =
                before != null
                        && before.by() == this
                        && now - before.at() < SCRAPE.toNanos()
                        && now - before.reading().at() < 2 * VALID.toNanos();
        Reading reading = same ? before.reading() : shared();
        ASKED.set(new Asked(this, now, reading));
        return reading;
    }

    private Reading shared() {
        Reading known = latest;
        if (known != null && isValid(known)) {
            return known;
        }
        oneAtATime.lock();
        try {
            known = latest;
            if (known == null || !isValid(known)) {
                known = read();
                latest = known;
            }
            return known;
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean isValid(Reading reading) {
        return clock.getAsLong() - reading.at() < VALID.toNanos();
    }

    private Reading read() {
        long begin = clock.getAsLong();
        List<Session> all = registry.all();
        sessions.keySet().retainAll(new HashSet<>(all));
        for (Session session :
                all.stream().sorted(Comparator.comparingLong(this::lastRead)).toList()) {
            long now = clock.getAsLong();
            if (now - begin >= BUDGET.toNanos()) {
                break;
            }
            read(session, now);
        }
        Map<Session, SessionReading> read = new LinkedHashMap<>();
        for (Session session : all) {
            Optional.ofNullable(sessions.get(session)).ifPresent(one -> read.put(session, one));
        }
        Map<Session, SessionReading> complete = withSynQueues(read);
        Netstat.Listening counted = machine.netstat().listening();
        long end = clock.getAsLong();
        return new Reading(end, Duration.ofNanos(end - begin), all, complete, counted);
    }

    /** What was never read comes first. */
    private long lastRead(Session session) {
        SessionReading reading = sessions.get(session);
        return reading == null ? Long.MIN_VALUE : reading.at();
    }

    /** A session that cannot be read now keeps what was read before. */
    private void read(Session session, long now) {
        try (Observation observation = session.observe().orElse(null)) {
            if (observation != null) {
                sessions.put(session, reader.read(observation, now));
            }
        } catch (SyscallException | StrayException | IllegalStateException e) {
            LOG.debug("a session was not read", e);
        }
    }

    /** The listeners on the machine's network have their SYN queues from one list of it. */
    private Map<Session, SessionReading> withSynQueues(Map<Session, SessionReading> read) {
        boolean listening =
                read.values().stream()
                        .flatMap(one -> one.sockets().stream())
                        .anyMatch(Readings::isListenerOfTheMachine);
        if (!listening) {
            return read;
        }
        SynQueues queues = machine.requests().queues(0);
        read.replaceAll((_, one) ->
                new SessionReading(
                        one.at(),
                        one.sockets().stream()
                                .map(socket ->
                                        isListenerOfTheMachine(socket)
                                                ? SessionReader.withSyn(socket, queues)
                                                : socket)
                                .toList(),
                        one.withoutDescriptor()));
        return read;
    }

    private static boolean isListenerOfTheMachine(SocketReading socket) {
        return socket.host() == null && socket.isTcpListener();
    }
}
