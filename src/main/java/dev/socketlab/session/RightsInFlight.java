package dev.socketlab.session;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.UnixSockets;
import dev.socketlab.network.Host;
import dev.socketlab.place.StrayException;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How many file descriptors are in flight within a session, as the kernel has it: those in the
 * queues of the session's UNIX sockets. There may be more in queues of sockets that are in flight
 * themselves; then it cannot be told.
 */
public final class RightsInFlight {
    private final Kernel kernel;

    public RightsInFlight(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Counts them, and forgets those that the kernel has dropped.
     *
     * @return the number; empty where it cannot be told
     */
    public OptionalInt reconcile(Session session) {
        synchronized (session.resources().rights()) {
            OptionalInt queued = count(session);
            queued.ifPresent(session.resources().rights()::reconcile);
            return queued;
        }
    }

    private OptionalInt count(Session session) {
        Set<Long> open = new HashSet<>();
        int queued = 0;
        for (int fd : session.resources().fds().numbers()) {
            Optional<Descriptor.Lease> lease = session.resources().fds().lease(fd);
            if (lease.isPresent()) {
                try (Descriptor.Lease held = lease.get()) {
                    int kernelFd = held.kernelFd();
                    if (held.kind(kernel).isUnix() && open.add(Statx.inode(kernel, kernelFd))) {
                        queued += UnixSockets.rightsQueued(kernelFd);
                    }
                }
            }
        }
        Set<Long> hidden = session.resources().rights().unixInodes();
        hidden.removeAll(open);
        return hidden.isEmpty() || areGone(session, hidden)
                ? OptionalInt.of(queued)
                : OptionalInt.empty();
    }

    private static boolean areGone(Session session, Set<Long> inodes) {
        for (Host host : session.network().places()) {
            try {
                Set<Long> there = host.unixSockets();
                if (inodes.stream().anyMatch(there::contains)) {
                    return false;
                }
            } catch (SyscallException | StrayException _) {
                return false;
            }
        }
        return true;
    }
}
