package dev.socketlab.session;

import dev.socketlab.call.Addrinfos;
import dev.socketlab.network.SessionNetwork;
import dev.socketlab.refusal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session stands for one process: its table of file descriptors, the getaddrinfo lists it has not
 * freed, its network, its limits and its life. What makes its calls is above it. Time is measured
 * by {@link System#nanoTime}, so a change of the clock neither ends a session nor keeps it.
 */
public final class Session {
    private final String id;
    private final @Nullable String name;
    private final SessionSettings settings;
    private final SessionNetwork network;
    private final OpenFiles openFiles;
    private final int networkFds;
    private final SessionResources resources;
    private final Instant createdAt = Instant.now();
    private final long created = System.nanoTime();
    private final Set<Runnable> atEnd = new HashSet<>();
    private long lastUse = created;

    /** Calls under way, and looks from outside. */
    private int inUse;

    private boolean ended;
    private final AtomicLong callNumbers = new AtomicLong();

    /**
     * @param openFiles what is given back when the network is closed: {@code networkFds}
     */
    Session(
            String id,
            @Nullable String name,
            SessionSettings settings,
            SessionNetwork network,
            OpenFiles openFiles,
            SocketDirectories directories,
            int networkFds) {
        this.id = id;
        this.name = name;
        this.settings = settings;
        this.network = network;
        this.openFiles = openFiles;
        this.networkFds = networkFds;
        this.resources = new SessionResources(settings, openFiles, directories);
    }

    /** What a session left open when it ended, as a careful program would not. */
    public record LeakReport(List<Integer> closed, List<Integer> unfreed) {}

    public String id() {
        return id;
    }

    public @Nullable String name() {
        return name;
    }

    /** What its sockets are on; the session closes it when its last call has ended. */
    public SessionNetwork network() {
        return network;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it will end if no call comes, or at its greatest age. */
    public synchronized Instant expiresAt() {
        long now = System.nanoTime();
        long idle = (inUse > 0 ? now : lastUse) + settings.idleTimeout().toNanos();
        long aged = created + settings.maxAge().toNanos();
        return Instant.now().plusNanos(Math.min(idle - now, aged - now));
    }

    /** Its open file descriptors, from the lowest up. */
    public List<Integer> openFds() {
        return resources.fds().numbers();
    }

    /** The ids of the getaddrinfo lists it has not freed. */
    public List<Integer> unfreed() {
        return resources.addrinfos().ids();
    }

    /** One of those lists. */
    public Optional<Addrinfos> addrinfo(int list) {
        return resources.addrinfos().get(list);
    }

    /** Notes that the session is used, which puts off its end. */
    public synchronized void touch() {
        lastUse = System.nanoTime();
    }

    /** What its calls work on. */
    public SessionResources resources() {
        return resources;
    }

    /** The number of its next call, from 1. */
    public long nextCall() {
        return callNumbers.incrementAndGet();
    }

    /**
     * A call begins; while one runs the session is not idle.
     *
     * @throws NotFoundException when the session has ended
     */
    public synchronized void beginCall() {
        if (ended) {
            throw hasEnded();
        }
        inUse++;
        lastUse = System.nanoTime();
    }

    public void endCall() {
        boolean last;
        synchronized (this) {
            lastUse = System.nanoTime();
            last = isLast();
        }
        if (last) {
            closeNetwork();
        }
    }

    /** A look at it from outside; empty where it has ended. The caller closes it. */
    public synchronized Optional<Observation> observe() {
        if (ended) {
            return Optional.empty();
        }
        inUse++;
        return Optional.of(new Observation(this));
    }

    /** A look from outside is over; that is no use of it. */
    void endObservation() {
        boolean last;
        synchronized (this) {
            last = isLast();
        }
        if (last) {
            closeNetwork();
        }
    }

    /** One use fewer: whether it was the last one of a session that has ended. */
    private boolean isLast() {
        inUse--;
        return ended && inUse == 0;
    }

    private void closeNetwork() {
        try {
            network.close();
        } finally {
            openFiles.giveBack(networkFds);
            resources.close();
        }
    }

    /** What is said to who comes too late. */
    public NotFoundException hasEnded() {
        return new NotFoundException(Reason.of("not-found.ended", id));
    }

    public synchronized boolean isEnded() {
        return ended;
    }

    public synchronized boolean isExpired() {
        long now = System.nanoTime();
        boolean idle = inUse == 0 && now - lastUse >= settings.idleTimeout().toNanos();
        return idle || now - created >= settings.maxAge().toNanos();
    }

    /**
     * Opens a descriptor under a number taken before.
     *
     * @return false, having done nothing, where the session has ended meanwhile
     */
    synchronized boolean install(int fd, Descriptor descriptor) {
        if (ended) {
            return false;
        }
        resources.fds().install(fd, descriptor);
        return true;
    }

    /**
     * Opens a descriptor under whatever number, as {@link FdTable#replace}.
     *
     * @throws NotFoundException when the session has ended
     */
    synchronized boolean replace(int fd, Descriptor descriptor, Consumer<Descriptor> replaced) {
        if (ended) {
            throw hasEnded();
        }
        return resources.fds().replace(fd, descriptor, replaced);
    }

    /**
     * Runs the action when the session ends, while the watch is open.
     *
     * @throws NotFoundException when it has ended
     */
    public synchronized Caller.Watch onEnd(Runnable action) {
        if (ended) {
            throw hasEnded();
        }
        atEnd.add(action);
        return () -> {
            synchronized (this) {
                atEnd.remove(action);
            }
        };
    }

    /**
     * Ends the session, as exit(3) ends a process: every descriptor is closed and every wait woken.
     * Empty where it had ended before.
     */
    Optional<LeakReport> end() {
        List<Integer> unfreed;
        synchronized (this) {
            if (ended) {
                return Optional.empty();
            }
            ended = true;
            inUse++;
            unfreed = resources.addrinfos().end();
            atEnd.forEach(Runnable::run);
        }
        try {
            return Optional.of(new LeakReport(closeAll(), unfreed));
        } finally {
            endCall();
        }
    }

    private List<Integer> closeAll() {
        List<Integer> left = resources.fds().numbers();
        List<Descriptor> closing = new ArrayList<>();
        for (int fd : left) {
            resources.fds().remove(fd).ifPresent(closing::add);
        }
        closing.forEach(Descriptor::endWaits); // before any peer of the session's own sees an end
        closing.forEach(Descriptor::beginClose);
        closing.forEach(Descriptor::awaitClosed);
        return left;
    }

    /** How long it may be idle. */
    public Duration idleTimeout() {
        return settings.idleTimeout();
    }
}
