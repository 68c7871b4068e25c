package dev.socketlab.session;

import dev.socketlab.linux.FcntlCommand;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketCookie;
import dev.socketlab.linux.SyscallResult.Success;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The open files of a session that are in flight, unix(7): sent with SCM_RIGHTS and not received.
 * When one is received, this tells whose the kernel's new fd is: a socket is known by its cookie,
 * an epoll instance, which has none, by an fd that is kept for it. The session closes it.
 */
final class Rights {
    private static final int NONE = -1;

    private final OpenFiles openFiles;
    private final Map<OpenFileDescription, Sent> inFlight = new HashMap<>();
    private int count;

    /** How often one was sent, and by what it is known again. */
    private static final class Sent {
        private final Kernel kernel;
        private final long cookie;
        private final int kept;
        private int times;

        Sent(Kernel kernel, long cookie, int kept) {
            this.kernel = kernel;
            this.cookie = cookie;
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

    Rights(OpenFiles openFiles) {
        this.openFiles = openFiles;
    }

    /** How many are in flight, at most: the kernel does not tell when it drops one. */
    synchronized int count() {
        return count;
    }

    /** How many files are known as in flight. */
    synchronized int files() {
        return inFlight.size();
    }

    synchronized boolean isInFlight(OpenFileDescription description) {
        return inFlight.containsKey(description);
    }

    /**
     * Before one is sent, so that whoever receives it at once finds it.
     *
     * @throws LimitException when the service has no file descriptor left
     */
    synchronized void sending(Kernel kernel, Descriptor.Lease lease) {
        Sent sent = inFlight.get(lease.description());
        if (sent == null) {
            long cookie = SocketCookie.of(kernel, lease.kernelFd());
            int kept = cookie == SocketCookie.NONE ? keep(kernel, lease) : NONE;
            sent = new Sent(kernel, cookie, kept);
            inFlight.put(lease.description(), sent);
        }
        sent.times++;
        count++;
    }

    private int keep(Kernel kernel, Descriptor.Lease lease) {
        openFiles.take();
        if (kernel.fcntl(lease.kernelFd(), FcntlCommand.F_DUPFD_CLOEXEC, 0)
                instanceof Success(long fd)) {
            return (int) fd;
        }
        openFiles.giveBack();
        return NONE;
    }

    /** One that was sent has been received, or was not sent after all. */
    synchronized void landed(OpenFileDescription description) {
        Sent sent = inFlight.get(description);
        if (sent != null) {
            count--;
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
        }
    }

    /** The open file of an fd that the kernel gave; empty where it is not one of the session's. */
    synchronized Optional<OpenFileDescription> find(Kernel kernel, int kernelFd) {
        long cookie = SocketCookie.of(kernel, kernelFd);
        return inFlight.entrySet().stream()
                .filter(entry -> entry.getValue().isFileOf(cookie, kernelFd))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
