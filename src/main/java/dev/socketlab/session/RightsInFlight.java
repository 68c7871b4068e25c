package dev.socketlab.session;

import dev.socketlab.linux.AddressFamily;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Statx;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.linux.UnixSockets;
import dev.socketlab.network.Host;
import dev.socketlab.network.LabHost;
import dev.socketlab.network.LabThreads.StrayException;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How many file descriptors are in flight within a session, as the kernel has it: those in the
 * queues of the session's UNIX sockets. There may be more in queues of sockets that are in flight
 * themselves; then it cannot be told.
 */
final class RightsInFlight {
    private final Kernel kernel;

    RightsInFlight(Kernel kernel) {
        this.kernel = kernel;
    }

    /** The number; empty where it cannot be told. */
    OptionalInt count(Session session) {
        Set<Long> own = new HashSet<>();
        int queued = 0;
        for (int fd : session.fds().numbers()) {
            Optional<Descriptor.Lease> lease = session.fds().get(fd).flatMap(Descriptor::lease);
            if (lease.isPresent()) {
                try (Descriptor.Lease held = lease.get()) {
                    int kernelFd = held.kernelFd();
                    if (isUnix(held) && own.add(Statx.inode(kernel, kernelFd))) {
                        queued += UnixSockets.rightsQueued(kernelFd);
                    }
                }
            }
        }
        return everySocket(session).filter(own::containsAll).isPresent()
                ? OptionalInt.of(queued)
                : OptionalInt.empty();
    }

    private boolean isUnix(Descriptor.Lease lease) {
        return lease.description().kind(kernel, lease.kernelFd()).domain() == AddressFamily.AF_UNIX;
    }

    /** The inodes of all UNIX sockets of the session's namespaces; empty where it has none. */
    private static Optional<Set<Long>> everySocket(Session session) {
        Set<Long> inodes = new HashSet<>();
        boolean isolated = false;
        for (Host host : session.network().places()) {
            if (host instanceof LabHost lab) {
                isolated = true;
                try {
                    inodes.addAll(lab.unixSockets());
                } catch (SyscallException | StrayException _) {
                    return Optional.empty();
                }
            }
        }
        return isolated ? Optional.of(inodes) : Optional.empty();
    }
}
