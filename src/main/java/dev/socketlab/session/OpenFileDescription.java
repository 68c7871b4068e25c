package dev.socketlab.session;

import static dev.socketlab.abi.EpollEvent.EPOLLIN;

import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.network.Host;
import dev.socketlab.readiness.Readiness;
import dev.socketlab.readiness.Waiter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What descriptors that were duplicated share, open(2): the status flag O_NONBLOCK as the session
 * sees it (underneath every fd has it), how many descriptors there are, and what calls have to know
 * of one another.
 */
public final class OpenFileDescription {
    private final Host host;
    private final @Nullable EpollInstance epoll;
    private volatile boolean nonblocking;
    private volatile boolean listening;
    private volatile OptionValue.@Nullable Struct lingerAside;
    private volatile boolean negativeReceiveTimeout;
    private volatile boolean negativeSendTimeout;
    private volatile @Nullable SocketKind kind;
    private final Map<Integer, Integer> watchers = new HashMap<>();
    private final Set<Integer> orphans = new HashSet<>();
    private int descriptors;
    private int disconnects;
    private int shutdowns;
    private final Drained drained = new Drained();
    private final Set<Readiness> readiness = ConcurrentHashMap.newKeySet();
    private final Map<Waiter, Waiting> waits = new ConcurrentHashMap<>();

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

    boolean isNonblocking() {
        return nonblocking;
    }

    public void setNonblocking(boolean value) {
        nonblocking = value;
    }

    /**
     * A negative SO_RCVTIMEO or SO_SNDTIMEO does not wait at all, but reads as 0, which waits for
     * ever: sock_set_timeout of net/core/sock.c.
     *
     * @param receives which of the two
     */
    public void setNegativeTimeout(boolean receives, boolean negative) {
        if (receives) {
            negativeReceiveTimeout = negative;
        } else {
            negativeSendTimeout = negative;
        }
    }

    public boolean isTimeoutNegative(boolean receives) {
        return receives ? negativeReceiveTimeout : negativeSendTimeout;
    }

    /** An accepted connection has them from its listener. */
    public void inheritTimeouts(OpenFileDescription listener) {
        negativeReceiveTimeout = listener.negativeReceiveTimeout;
        negativeSendTimeout = listener.negativeSendTimeout;
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

    /** An epoll instance has an entry under this fd of the kernel. */
    synchronized void watched(int kernelFd) {
        watchers.merge(kernelFd, 1, Integer::sum);
    }

    /**
     * Whether that fd of the kernel is open for an epoll instance; after the last close none is.
     */
    synchronized boolean isWatched(int kernelFd) {
        return watchers.containsKey(kernelFd);
    }

    /**
     * An epoll instance has it no more.
     *
     * @return the fd, if it was open for that alone; the caller closes it
     */
    synchronized List<Integer> unwatched(int kernelFd) {
        boolean watched =
                watchers.computeIfPresent(kernelFd, (_, times) -> times == 1 ? null : times - 1)
                        != null;
        return !watched && orphans.remove(kernelFd) ? List.of(kernelFd) : List.of();
    }

    /**
     * Keeps an fd of the kernel open whose descriptor closes while another is left: an epoll
     * instance knows the open file under it. False where none does, or as many are kept as may be;
     * then the entry stays, but can be neither changed nor removed.
     *
     * @param left how many more may be; who closes the fd gives it back
     */
    synchronized boolean keepOrphan(int kernelFd, Semaphore left) {
        if (watchers.containsKey(kernelFd) && left.tryAcquire()) {
            return orphans.add(kernelFd);
        }
        watchers.remove(kernelFd);
        return false;
    }

    /** The fds that were kept so, at the end of the last descriptor; the caller closes them. */
    synchronized List<Integer> takeOrphans() {
        List<Integer> all = List.copyOf(orphans);
        orphans.clear();
        watchers.clear();
        return all;
    }

    /** It listens, from now on. */
    public void listens() {
        listening = true;
    }

    boolean isListening() {
        return listening;
    }

    synchronized void opened() {
        descriptors++;
    }

    /** One descriptor fewer; answers whether it was the last. */
    synchronized boolean closed() {
        descriptors--;
        return descriptors == 0;
    }

    /** A connection, or the attempt at one, was dissolved: the kernel's sk_disconnects. */
    public synchronized void disconnected() {
        disconnects++;
        drained.clear();
    }

    public synchronized int disconnects() {
        return disconnects;
    }

    public synchronized void shutDown() {
        shutdowns++;
    }

    public synchronized int shutdowns() {
        return shutdowns;
    }

    /** The lock under which bytes are received, so that they stay in their order. */
    public Object receiveLock() {
        return drained;
    }

    /**
     * Bytes that had to be taken from the kernel before the call that wants them could be answered,
     * since its receive buffer could not hold them all. They belong to whoever receives next. Used
     * under {@link #receiveLock}.
     */
    public Drained drained() {
        return drained;
    }

    void addReadiness(Readiness one) {
        readiness.add(one);
    }

    void removeReadiness(Readiness one) {
        readiness.remove(one);
    }

    /** A call begins to wait. */
    public void waitBegan(Waiter waiter, Waiting waiting) {
        waits.put(waiter, waiting);
    }

    public void waitEnded(Waiter waiter) {
        waits.remove(waiter);
    }

    /** The calls that wait, the longest first. */
    List<Waiting> waiting() {
        return waits.values().stream().sorted(Comparator.comparing(Waiting::since)).toList();
    }

    /** Wakes those who wait to receive, since drained bytes are no event of the kernel. */
    public void wakeReceivers() {
        readiness.forEach(one -> one.wake(EPOLLIN));
    }

    /** Bytes in the order in which they came. */
    public static final class Drained {
        private byte[] bytes = new byte[0];

        public synchronized int size() {
            return bytes.length;
        }

        public synchronized void append(byte[] more) {
            byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
            System.arraycopy(more, 0, all, bytes.length, more.length);
            bytes = all;
        }

        /** The first of them, at most so many; they stay where {@code peek}. */
        public synchronized byte[] first(int length, boolean peek) {
            byte[] first = Arrays.copyOf(bytes, Math.min(length, bytes.length));
            if (!peek) {
                bytes = Arrays.copyOfRange(bytes, first.length, bytes.length);
            }
            return first;
        }

        synchronized void clear() {
            bytes = new byte[0];
        }
    }
}
