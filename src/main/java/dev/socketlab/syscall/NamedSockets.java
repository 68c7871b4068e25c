package dev.socketlab.syscall;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.OpenFileDescription;
import dev.socketlab.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds a session's UNIX sockets by their names, unix(7). */
final class NamedSockets {
    private final Kernel kernel;
    private final LeasedCall on;

    NamedSockets(Kernel kernel, LeasedCall on) {
        this.kernel = kernel;
        this.on = on;
    }

    /**
     * Those that are open and have such a name; several where a name was unlinked and bound again.
     * An abstract name is one of the host's alone.
     */
    List<OpenFileDescription> descriptions(SocketAddress.Unix name) {
        Session session = on.session();
        List<OpenFileDescription> found = new ArrayList<>();
        for (int fd : session.openFds()) {
            Optional<Descriptor.Lease> lease = session.resources().fds().lease(fd);
            if (lease.isPresent()) {
                try (Descriptor.Lease held = lease.get()) {
                    OpenFileDescription description = held.description();
                    if (!found.contains(description) && isNamed(held, name)) {
                        found.add(description);
                    }
                }
            }
        }
        return found;
    }

    private boolean isNamed(Descriptor.Lease lease, SocketAddress.Unix name) {
        OutBuffer local = OutBuffer.forAddress();
        return lease.kind(kernel).isUnix()
                && kernel.getsockname(lease.kernelFd(), local) instanceof Success
                && local.address() instanceof SocketAddress.Unix own
                && own.isAbstract() == name.isAbstract()
                && (name.isAbstract()
                        ? Arrays.equals(own.path(), name.path())
                                && lease.description().host() == on.lease().description().host()
                        : parts(own).equals(parts(name)));
    }

    /** The components of a path that lead somewhere. */
    private static List<String> parts(SocketAddress.Unix name) {
        return Arrays.stream(new String(name.path(), StandardCharsets.ISO_8859_1).split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
    }
}
