package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_CMSG_CLOEXEC;
import static dev.socketlab.abi.MessageFlag.MSG_CTRUNC;
import static dev.socketlab.abi.MessageFlag.MSG_PEEK;

import dev.socketlab.call.Control;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.MessageBuffer;
import dev.socketlab.session.Descriptors;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.OpenFileDescription;
import dev.socketlab.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The control messages that a session receives, cmsg(3), with the kernel's file descriptors in them
 * turned into the session's.
 */
final class IncomingControl {
    private final Kernel kernel;
    private final Descriptors descriptors;

    IncomingControl(Kernel kernel, Descriptors descriptors) {
        this.kernel = kernel;
        this.descriptors = descriptors;
    }

    /**
     * What has come with a message.
     *
     * @param flags msg_flags
     */
    record Come(List<Control> control, int flags) {}

    /**
     * What has come, with the session's new file descriptors; those for which there is no room, and
     * those of other processes' files or of processes, are closed, which MSG_CTRUNC tells.
     *
     * @param flags those of the call
     * @throws NotFoundException when the session has ended meanwhile; all are closed then
     */
    Come come(Session session, MessageBuffer message, int flags) {
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
            } else if (Control.isPidfd(one.level(), one.type())) {
                kernelFds(one).stream().filter(fd -> fd >= 0).forEach(kernel::close);
                msgFlags |= MSG_CTRUNC;
            } else {
                control.add(new Control.Other(one));
            }
        }
        return new Come(control, msgFlags);
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
        Optional<OpenFileDescription> description =
                session.resources().rights().find(kernel, kernelFd);
        if (description.isPresent() && (flags & MSG_PEEK) == 0) {
            session.resources().rights().landed(description.get());
        }
        if (description.isEmpty() || !descriptors.openFiles().tryTake()) {
            kernel.close(kernelFd);
            return OptionalInt.empty();
        }
        OptionalInt fd = session.resources().fds().reserve(0);
        if (fd.isEmpty()) {
            descriptors.closing().discard(kernelFd);
            return fd;
        }
        boolean cloexec = (flags & MSG_CMSG_CLOEXEC) != 0;
        descriptors.open(session, fd.getAsInt(), kernelFd, description.get(), cloexec);
        return fd;
    }
}
