package dev.socketlab.session;

import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.network.Host;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What descriptors that were duplicated share, open(2): the status flag O_NONBLOCK as the session
 * sees it (underneath every fd has it), how many descriptors there are, and what calls have to know
 * of one another. Its monitor is held while an address is judged and used.
 */
public final class OpenFileDescription {
    private final Host host;
    private final @Nullable EpollInstance epoll;
    private final EpollWatches epollWatches = new EpollWatches();
    private final Waits waits = new Waits();
    private final PeerWait peerWait = new PeerWait();
    private final Attempts attempts = new Attempts();
    private final NegativeTimeouts negativeTimeouts = new NegativeTimeouts();
    private final Drained drained = new Drained();
    private volatile boolean nonblocking;
    private volatile boolean listening;
    private int backlog;
    private volatile OptionValue.@Nullable Struct lingerAside;
    private volatile @Nullable SocketKind kind;
    private int descriptors;

    /** Of a socket. */
    public OpenFileDescription(Host host, boolean nonblocking) {
        this(host, nonblocking, null);
    }

    private OpenFileDescription(Host host, boolean nonblocking, @Nullable EpollInstance epoll) {
        this.host = host;
        this.nonblocking = nonblocking;
        this.epoll = epoll;
    }

    /** Of an epoll instance. */
    public static OpenFileDescription ofEpoll(Host host) {
        return new OpenFileDescription(host, false, new EpollInstance());
    }

    /** What the session keeps of an epoll instance; empty where it is a socket. */
    public Optional<EpollInstance> epoll() {
        return Optional.ofNullable(epoll);
    }

    /** Where it was made. */
    public Host host() {
        return host;
    }

    /** What it was made as; the kernel is asked once. */
    public SocketKind kind(Kernel kernel, int fd) {
        SocketKind known = kind;
        if (known == null) {
            known = SocketKind.of(kernel, fd);
            kind = known;
        }
        return known;
    }

    public boolean isNonblocking() {
        return nonblocking;
    }

    public void setNonblocking(boolean value) {
        nonblocking = value;
    }

    /** Under which fds epoll instances know it. */
    EpollWatches epollWatches() {
        return epollWatches;
    }

    /** The calls that wait for it. */
    public Waits waits() {
        return waits;
    }

    /** The calls of others that wait for room with it. */
    public PeerWait peerWait() {
        return peerWait;
    }

    /** What has become of its attempts at a connection. */
    public Attempts attempts() {
        return attempts;
    }

    /** Its timeouts that do not wait. */
    public NegativeTimeouts negativeTimeouts() {
        return negativeTimeouts;
    }

    /** Bytes that were taken from the kernel early. */
    public Drained drained() {
        return drained;
    }

    /** A connection, or the attempt at one, was dissolved, and what it had received with it. */
    public synchronized void disconnected() {
        attempts.dissolved();
        drained.clear();
        waits.wakeAll();
    }

    /**
     * SO_LINGER of a socket that was sent with SCM_RIGHTS, which the kernel is not to know: it
     * would block whoever drops the last message with it. Empty where the kernel has it.
     */
    public Optional<OptionValue.Struct> lingerAside() {
        return Optional.ofNullable(lingerAside);
    }

    void setLingerAside(OptionValue.Struct linger) {
        lingerAside = linger;
    }

    /**
     * It listens, from now on.
     *
     * @return whether with a greater backlog than before; a negative one is the greatest
     */
    public synchronized boolean listens(int newBacklog) {
        boolean grown = listening && Integer.compareUnsigned(newBacklog, backlog) > 0;
        listening = true;
        backlog = newBacklog;
        return grown;
    }

    boolean isListening() {
        return listening;
    }

    /** Whether the session has a descriptor of it. */
    synchronized boolean isOpen() {
        return descriptors > 0;
    }

    synchronized void opened() {
        descriptors++;
    }

    /** One descriptor fewer; answers whether it was the last. */
    synchronized boolean closed() {
        descriptors--;
        return descriptors == 0;
    }
}
