package dev.socketlab.session;

import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallResult.Success;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The open files of a session that are in flight, unix(7): sent with SCM_RIGHTS and not received.
 * When one is received, this tells whose the kernel's new fd is: a socket is known by its cookie,
 * an epoll instance, which has none, by an fd that is kept for it. The kernel does not tell when it
 * drops one, as with a queue that is closed; so some are kept that are in flight no more. The
 * session clears it.
 */
public final class Rights {
    /** For each that may be in flight, so many may be kept that perhaps are no more. */
    private static final int KEPT_FOR_EACH = 4;

    private static final int NONE = -1;

    private final OpenFiles openFiles;
    private final int limit;
    private final Map<OpenFileDescription, Sent> inFlight = new HashMap<>();
    private int count;
    private int unsent;
    private int receiving;
    private int kept;

    /** How often one was sent, and by what it is known again. */
    private static final class Sent {
        private final Kernel kernel;
        private final long cookie;
        private final long unixInode;
        private final int kept;
        private int times;

        Sent(Kernel kernel, long cookie, long unixInode, int kept) {
            this.kernel = kernel;
            this.cookie = cookie;
            this.unixInode = unixInode;
            this.kept = kept;
        }

        boolean isFileOf(long otherCookie, int kernelFd) {
            return otherCookie == SocketCookie.NONE
                    ? kept != NONE
                            && kernel.kcmp(kept, kernelFd) instanceof Success(long order)
                            && order == 0
                    : cookie == otherCookie;
        }
    }

    /**
     * @param limit as many may be in flight
     */
    Rights(OpenFiles openFiles, int limit) {
        this.openFiles = openFiles;
        this.limit = limit;
    }

    /** How many may be in flight. */
    public int limit() {
        return limit;
    }

    /** How many are in flight, at most. */
    public synchronized int count() {
        return count;
    }

    /** A call begins that may receive some; they are in no queue then, and not yet known again. */
    public synchronized void beginReceiving() {
        receiving++;
    }

    public synchronized void endReceiving() {
        receiving--;
    }

    /**
     * The kernel has been asked, under the monitor of this.
     *
     * @param queued how many are in queues
     */
    public synchronized void reconcile(int queued) {
        if (queued + unsent + receiving == 0) {
            clear();
        } else if (receiving == 0) {
            count = Math.min(count, queued + unsent);
        }
    }

    /** How many are about to be sent. */
    public synchronized int unsent() {
        return unsent;
    }

    /** Whether no more can be known again. */
    public synchronized boolean isFull() {
        return inFlight.size() >= KEPT_FOR_EACH * limit || kept >= limit;
    }

    synchronized boolean isInFlight(OpenFileDescription description) {
        return inFlight.containsKey(description);
    }

    /** The inodes of the UNIX sockets that may be in flight: there may be more in their queues. */
    synchronized Set<Long> unixInodes() {
        Set<Long> inodes = new HashSet<>();
        inFlight.values().stream()
                .map(sent -> sent.unixInode)
                .filter(inode -> inode != NONE)
                .forEach(inodes::add);
        return inodes;
    }

    /**
     * Before one is sent, so that whoever receives it at once finds it.
     *
     * @throws LimitException when the service has no file descriptor left
     */
    public synchronized void sending(Kernel kernel, Descriptor.Lease lease) {
        OpenFileDescription description = lease.description();
        Sent sent = inFlight.get(description);
        if (sent == null) {
            int fd = lease.kernelFd();
            boolean unix = description.kind(kernel, fd).isUnix();
            long cookie = SocketCookie.of(kernel, fd);
            sent =
                    new Sent(
                            kernel,
                            cookie,
                            unix ? Statx.inode(kernel, fd) : NONE,
                            cookie == SocketCookie.NONE ? keep(kernel, lease) : NONE);
            inFlight.put(description, sent);
        }
        sent.times++;
        count++;
        unsent++;
    }

    private int keep(Kernel kernel, Descriptor.Lease lease) {
        openFiles.take();
        if (kernel.fcntl(lease.kernelFd(), FcntlCommand.F_DUPFD_CLOEXEC, 0)
                instanceof Success(long fd)) {
            kept++;
            return (int) fd;
        }
        openFiles.giveBack();
        return NONE;
    }

    /** One that was to be sent has been. */
    public synchronized void sent() {
        unsent--;
    }

    /** One that was to be sent has not been. */
    public synchronized void notSent(OpenFileDescription description) {
        unsent--;
        landed(description);
    }

    /** One that was sent has been received. */
    public synchronized void landed(OpenFileDescription description) {
        Sent sent = inFlight.get(description);
        if (sent != null) {
            count = Math.max(0, count - 1);
            sent.times--;
            if (sent.times == 0) {
                inFlight.remove(description);
                release(sent);
            }
        }
    }

    /** Nothing is in flight any more. */
    synchronized void clear() {
        inFlight.values().forEach(this::release);
        inFlight.clear();
        count = 0;
    }

    private void release(Sent sent) {
        if (sent.kept != NONE) {
            sent.kernel.close(sent.kept);
            openFiles.giveBack();
            kept--;
        }
    }

    /** The open file of an fd that the kernel gave; empty where it is not one of the session's. */
    public synchronized Optional<OpenFileDescription> find(Kernel kernel, int kernelFd) {
        long cookie = SocketCookie.of(kernel, kernelFd);
        return inFlight.entrySet().stream()
                .filter(entry -> entry.getValue().isFileOf(cookie, kernelFd))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
