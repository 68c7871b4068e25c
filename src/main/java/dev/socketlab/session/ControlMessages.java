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
    static final int MAX_IN_FLIGHT = 64;

    /** Files of which it is not known that they are in flight no more. */
    private static final int MAX_FILES = 1024;

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
            sent = true;
        }

        @Override
        public void close() {
            for (Descriptor.Lease lease : leases) {
                if (!sent) {
                    session.rights().landed(lease.description());
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
            synchronized (session.rights()) {
                if (areTooMany(session, fds.size())) {
                    return Optional.of(
                            new Result.Failure(
                                    Errno.ETOOMANYREFS,
                                    "a session may have " + MAX_IN_FLIGHT + " fds in flight"));
                }
                for (Descriptor.Lease lease : List.copyOf(leases)) {
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

    private boolean areTooMany(Session session, int more) {
        Rights rights = session.rights();
        if (rights.count() + more <= MAX_IN_FLIGHT) {
            return false;
        }
        OptionalInt count = inFlight.count(session);
        if (count.isPresent() && count.getAsInt() == 0) {
            rights.clear();
        }
        return count.orElse(rights.count()) + more > MAX_IN_FLIGHT || rights.files() > MAX_FILES;
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
     * What has come, with the session's new file descriptors; those for which there is no room, and
     * those of other processes' files, are closed, which MSG_CTRUNC tells.
     *
     * @param flags those of the call
     * @param taken how many of {@link OpenFiles} were taken for them; the rest is given back
     */
    Result.Envelope incoming(
            Session session,
            MessageBuffer message,
            int flags,
            int taken,
            Descriptor.Lease lease,
            Addressing addressing) {
        List<Control> control = new ArrayList<>();
        int msgFlags = message.flags() & ~MSG_CMSG_CLOEXEC;
        int unused = taken;
        for (ControlMessage one : message.control()) {
            if (!Control.isRights(one.level(), one.type())) {
                control.add(new Control.Other(one));
                continue;
            }
            List<Integer> fds = new ArrayList<>();
            ByteBuffer kernelFds = ByteBuffer.wrap(one.data()).order(ByteOrder.nativeOrder());
            while (kernelFds.remaining() >= Integer.BYTES) {
                OptionalInt fd = adopt(session, kernelFds.getInt(), flags, unused > 0);
                if (fd.isPresent()) {
                    fds.add(fd.getAsInt());
                    unused--;
                } else {
                    msgFlags |= MSG_CTRUNC;
                }
            }
            if (!fds.isEmpty()) {
                control.add(new Control.Rights(fds));
            }
        }
        descriptors.openFiles().giveBack(unused);
        return new Result.Envelope(addressing.named(lease, message.name()), control, msgFlags);
    }

    private OptionalInt adopt(Session session, int kernelFd, int flags, boolean isCounted) {
        Optional<OpenFileDescription> description = session.rights().find(kernel, kernelFd);
        if (description.isPresent() && (flags & MSG_PEEK) == 0) {
            session.rights().landed(description.get());
        }
        OptionalInt fd =
                description.isPresent() && isCounted
                        ? session.fds().reserve(0)
                        : OptionalInt.empty();
        if (fd.isEmpty()) {
            kernel.close(kernelFd);
            return fd;
        }
        boolean cloexec = (flags & MSG_CMSG_CLOEXEC) != 0;
        descriptors.open(session, fd.getAsInt(), kernelFd, description.get(), cloexec);
        return fd;
    }
}
