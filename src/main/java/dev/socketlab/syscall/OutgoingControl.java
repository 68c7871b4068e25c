package dev.socketlab.syscall;

import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.call.Control;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.OwnCredentials;
import dev.socketlab.policy.ControlPolicy;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Descriptors;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.LimitException.Limit;
import dev.socketlab.session.Linger;
import dev.socketlab.session.Rights;
import dev.socketlab.session.RightsInFlight;
import dev.socketlab.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The control messages that a session sends, cmsg(3): judged, and with the file descriptors in them
 * turned from the session's into the kernel's.
 */
final class OutgoingControl {
    /** As many the kernel takes in a message; net/scm.h. */
    private static final int SCM_MAX_FD = 253;

    /** The number of no file descriptor. */
    private static final int NOT_OPEN = -1;

    private final Kernel kernel;
    private final Descriptors descriptors;
    private final RightsInFlight inFlight;

    OutgoingControl(Kernel kernel, Descriptors descriptors) {
        this.kernel = kernel;
        this.descriptors = descriptors;
        this.inFlight = new RightsInFlight(kernel);
    }

    /**
     * Makes control messages ready to be sent. A file descriptor that is not open, or too many in a
     * message, go to the kernel, which refuses them where it looks at them.
     *
     * @throws LimitException when too many would be in flight within the session
     * @throws dev.socketlab.policy.PolicyException when one is not for sessions
     */
    ReadyControl ready(Session session, List<Control> control) {
        ControlPolicy policy = session.network().options().control();
        ReadyControl outgoing = new ReadyControl(kernel, descriptors, session);
        boolean ready = false;
        try {
            for (Control one : control) {
                switch (one) {
                    case Control.Rights(List<Integer> fds) -> addRights(outgoing, fds);
                    case Control.Other(ControlMessage message) -> {
                        policy.judge(ControlType.name(message.level(), message.type()));
                        judgeCredentials(message);
                        outgoing.add(message);
                    }
                }
            }
            ready = true;
            return outgoing;
        } finally {
            if (!ready) {
                outgoing.close();
            }
        }
    }

    private void addRights(ReadyControl outgoing, List<Integer> fds) {
        boolean fits = outgoing.count() + fds.size() <= SCM_MAX_FD;
        ByteBuffer data =
                ByteBuffer.allocate(fds.size() * Integer.BYTES).order(ByteOrder.nativeOrder());
        List<Descriptor.Lease> leases = new ArrayList<>();
        try {
            for (int fd : fds) {
                Optional<Descriptor.Lease> lease =
                        fits ? outgoing.session().resources().fds().lease(fd) : Optional.empty();
                lease.ifPresent(leases::add);
                data.putInt(lease.map(Descriptor.Lease::kernelFd).orElse(NOT_OPEN));
            }
            addInFlight(outgoing, leases);
            outgoing.add(
                    new ControlMessage(
                            SocketLevel.SOL_SOCKET, ControlType.SCM_RIGHTS, data.array()));
        } finally {
            leases.forEach(Descriptor.Lease::close);
        }
    }

    /** Those that it takes over are the message's, and no more in the list. */
    private void addInFlight(ReadyControl outgoing, List<Descriptor.Lease> leases) {
        Rights rights = outgoing.session().resources().rights();
        synchronized (rights) {
            if (areTooMany(outgoing.session(), leases.size())) {
                throw new LimitException(Limit.FDS_IN_FLIGHT, rights.limit(), leases.size());
            }
            for (Descriptor.Lease lease : List.copyOf(leases)) {
                setLingerAside(lease);
                rights.sending(kernel, lease);
                outgoing.add(lease);
                leases.remove(lease);
            }
        }
    }

    private void setLingerAside(Descriptor.Lease lease) {
        synchronized (lease.description()) {
            Linger.setAside(kernel, lease.kernelFd(), lease.description());
        }
    }

    private boolean areTooMany(Session session, int more) {
        Rights rights = session.resources().rights();
        if (rights.count() + more <= rights.limit() && !rights.isFull()) {
            return false;
        }
        OptionalInt queued = inFlight.reconcile(session);
        if (queued.isEmpty()) {
            return true;
        }
        return queued.getAsInt() + rights.unsent() + more > rights.limit() || rights.isFull();
    }

    /** Those of another length the kernel refuses. */
    private void judgeCredentials(ControlMessage message) {
        if (message.level() == SocketLevel.SOL_SOCKET
                && message.type() == ControlType.SCM_CREDENTIALS
                && message.data().length == OwnCredentials.SIZE) {
            byte[] own = OwnCredentials.read(kernel);
            ByteBuffer ucred = ByteBuffer.wrap(own).order(ByteOrder.nativeOrder());
            ControlPolicy.judgeCredentials(
                    Arrays.equals(own, message.data()),
                    "pid %d, uid %d, gid %d"
                            .formatted(
                                    ucred.getInt(),
                                    Integer.toUnsignedLong(ucred.getInt()),
                                    Integer.toUnsignedLong(ucred.getInt())));
        }
    }
}
