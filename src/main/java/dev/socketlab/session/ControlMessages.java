package dev.socketlab.session;

import static dev.socketlab.linux.MessageFlag.MSG_CMSG_CLOEXEC;
import static dev.socketlab.linux.MessageFlag.MSG_CTRUNC;
import static dev.socketlab.linux.MessageFlag.MSG_PEEK;

import dev.socketlab.call.Control;
import dev.socketlab.call.Result;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.ControlType;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.MessageBuffer;
import dev.socketlab.linux.OwnCredentials;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.network.ControlPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The control messages of a session, cmsg(3): judged on their way out, with the file descriptors in
 * them turned from the session's into the kernel's, and back on their way in.
 */
final class ControlMessages {
    /** As many file descriptors may be in flight within a session. */
    private static final int MAX_IN_FLIGHT = 64;

    /** As many the kernel takes in a message; net/scm.h. */
    private static final int SCM_MAX_FD = 253;

    private final Kernel kernel;
    private final Descriptors descriptors;
    private final RightsInFlight inFlight;

    ControlMessages(Kernel kernel, Descriptors descriptors) {
        this.kernel = kernel;
        this.descriptors = descriptors;
        this.inFlight = new RightsInFlight(kernel);
    }

    /** Control messages that are to be sent; close it when they were, or were not. */
    static final class Outgoing implements AutoCloseable {
        private final Session session;
        private final List<ControlMessage> messages = new ArrayList<>();
        private final List<Descriptor.Lease> leases = new ArrayList<>();
        private boolean sent;

        private Outgoing(Session session) {
            this.session = session;
        }

        List<ControlMessage> messages() {
            return messages;
        }

        /** They are in the kernel. */
        void sent() {
            if (!sent) {
                sent = true;
                leases.forEach(_ -> session.rights().sent());
            }
        }

        @Override
        public void close() {
            for (Descriptor.Lease lease : leases) {
                if (!sent) {
                    session.rights().notSent(lease.description());
                }
                lease.close();
            }
        }
    }

    /**
     * Makes control messages ready to be sent.
     *
     * @param refused is told why they cannot be: a file descriptor is not open, or too many would
     *     be in flight
     * @return empty where they are refused
     * @throws dev.socketlab.network.PolicyException when one is not for sessions
     */
    Optional<Outgoing> outgoing(Session session, List<Control> control, Consumer<Result> refused) {
        ControlPolicy policy = session.network().options().control();
        Outgoing outgoing = new Outgoing(session);
        boolean ready = false;
        try {
            for (Control one : control) {
                switch (one) {
                    case Control.Rights(List<Integer> fds) -> {
                        Optional<Result> failure = addRights(outgoing, fds);
                        if (failure.isPresent()) {
                            refused.accept(failure.get());
                            return Optional.empty();
                        }
                    }
                    case Control.Other(ControlMessage message) -> {
                        policy.judge(ControlType.name(message.level(), message.type()));
                        judgeCredentials(message);
                        outgoing.messages.add(message);
                    }
                }
            }
            ready = true;
            return Optional.of(outgoing);
        } finally {
            if (!ready) {
                outgoing.close();
            }
        }
    }

    private Optional<Result> addRights(Outgoing outgoing, List<Integer> fds) {
        Session session = outgoing.session;
        ByteBuffer data =
                ByteBuffer.allocate(fds.size() * Integer.BYTES).order(ByteOrder.nativeOrder());
        List<Descriptor.Lease> leases = new ArrayList<>();
        try {
            for (int fd : fds) {
                Optional<Descriptor.Lease> lease = session.fds().get(fd).flatMap(Descriptor::lease);
                if (lease.isEmpty()) {
                    return Optional.of(new Result.Failure(Errno.EBADF));
                }
                leases.add(lease.get());
                data.putInt(lease.get().kernelFd());
            }
            if (fds.size() > SCM_MAX_FD) {
                return Optional.of(new Result.Failure(Errno.EINVAL));
            }
            synchronized (session.rights()) {
                if (areTooMany(session, fds.size())) {
                    return Optional.of(
                            new Result.Failure(
                                    Errno.ETOOMANYREFS,
                                    "a session may have " + MAX_IN_FLIGHT + " fds in flight"));
                }
                for (Descriptor.Lease lease : List.copyOf(leases)) {
                    setLingerAside(lease);
                    session.rights().sending(kernel, lease);
                    outgoing.leases.add(lease);
                    leases.remove(lease);
                }
            }
            outgoing.messages.add(
                    new ControlMessage(
                            SocketLevel.SOL_SOCKET, ControlType.SCM_RIGHTS, data.array()));
            return Optional.empty();
        } finally {
            leases.forEach(Descriptor.Lease::close);
        }
    }

    private void setLingerAside(Descriptor.Lease lease) {
        synchronized (lease.description()) {
            Linger.setAside(kernel, lease.kernelFd(), lease.description());
        }
    }

    private boolean areTooMany(Session session, int more) {
        Rights rights = session.rights();
        if (rights.count() + more <= MAX_IN_FLIGHT && !rights.isFull()) {
            return false;
        }
        OptionalInt queued = inFlight.count(session);
        if (queued.isEmpty()) {
            return true;
        }
        if (queued.getAsInt() + rights.unsent() == 0) {
            rights.clear();
        }
        return queued.getAsInt() + rights.unsent() + more > MAX_IN_FLIGHT || rights.isFull();
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

    /**
     * What has come with a message.
     *
     * @param flags msg_flags
     */
    record Incoming(List<Control> control, int flags) {}

    /**
     * What has come, with the session's new file descriptors; those for which there is no room, and
     * those of other processes' files, are closed, which MSG_CTRUNC tells.
     *
     * @param flags those of the call
     * @throws NotFoundException when the session has ended meanwhile; all are closed then
     */
    Incoming incoming(Session session, MessageBuffer message, int flags) {
        List<Control> control = new ArrayList<>();
        int msgFlags = (message.flags() & ~MSG_CMSG_CLOEXEC) | (flags & MSG_CMSG_CLOEXEC);
        for (ControlMessage one : message.control()) {
            if (Control.isRights(one.level(), one.type())) {
                List<Integer> kernelFds = kernelFds(one);
                List<Integer> fds = adopt(session, kernelFds, flags);
                msgFlags |= fds.size() < kernelFds.size() ? MSG_CTRUNC : 0;
                if (!fds.isEmpty()) {
                    control.add(new Control.Rights(fds));
                }
            } else {
                control.add(new Control.Other(one));
            }
        }
        return new Incoming(control, msgFlags);
    }

    private static List<Integer> kernelFds(ControlMessage rights) {
        List<Integer> fds = new ArrayList<>();
        ByteBuffer data = ByteBuffer.wrap(rights.data()).order(ByteOrder.nativeOrder());
        while (data.remaining() >= Integer.BYTES) {
            fds.add(data.getInt());
        }
        return fds;
    }

    /** The session's numbers of the kernel's fds, each of which has an owner or is closed then. */
    private List<Integer> adopt(Session session, List<Integer> kernelFds, int flags) {
        List<Integer> fds = new ArrayList<>();
        int next = 0;
        try {
            while (next < kernelFds.size()) {
                int kernelFd = kernelFds.get(next);
                next++;
                adopt(session, kernelFd, flags).ifPresent(fds::add);
            }
            return fds;
        } finally {
            kernelFds.subList(next, kernelFds.size()).forEach(kernel::close);
        }
    }

    private OptionalInt adopt(Session session, int kernelFd, int flags) {
        Optional<OpenFileDescription> description = session.rights().find(kernel, kernelFd);
        if (description.isPresent() && (flags & MSG_PEEK) == 0) {
            session.rights().landed(description.get());
        }
        if (description.isEmpty() || !descriptors.openFiles().tryTake()) {
            kernel.close(kernelFd);
            return OptionalInt.empty();
        }
        OptionalInt fd = session.fds().reserve(0);
        if (fd.isEmpty()) {
            descriptors.discard(kernelFd);
            return fd;
        }
        boolean cloexec = (flags & MSG_CMSG_CLOEXEC) != 0;
        descriptors.open(session, fd.getAsInt(), kernelFd, description.get(), cloexec);
        return fd;
    }
}
