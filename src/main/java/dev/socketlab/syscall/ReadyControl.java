package dev.socketlab.syscall;

import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.call.Control;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.Descriptors;
import dev.socketlab.session.OpenFileDescription;
import dev.socketlab.session.Session;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Control messages that are to be sent, with the kernel's file descriptors in them; close it when
 * they were, or were not.
 */
final class ReadyControl implements AutoCloseable {
    private final Kernel kernel;
    private final Descriptors descriptors;
    private final Session session;
    private final List<ControlMessage> messages = new ArrayList<>();
    private final List<OpenFileDescription> files = new ArrayList<>();
    private final List<Descriptor.Lease> leases = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private boolean sent;

    ReadyControl(Kernel kernel, Descriptors descriptors, Session session) {
        this.kernel = kernel;
        this.descriptors = descriptors;
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** How many file descriptors are in them. */
    int count() {
        return files.size();
    }

    void add(ControlMessage message) {
        messages.add(message);
    }

    /** The file descriptor of a lease is in one of them; the lease is closed with this. */
    void add(Descriptor.Lease lease) {
        files.add(lease.description());
        leases.add(lease);
    }

    List<ControlMessage> messages() {
        return messages;
    }

    /**
     * They are sent later, for the call waits. It keeps the files open by fds of its own, so that
     * who closes the session's number of one does not wait for this call.
     */
    void keep() {
        Map<Integer, Integer> own = new HashMap<>();
        for (Descriptor.Lease lease : List.copyOf(leases)) {
            if (own.containsKey(lease.kernelFd()) || duplicate(lease.kernelFd(), own)) {
                lease.close();
                leases.remove(lease);
            }
        }
        messages.replaceAll(message -> renumbered(message, own));
    }

    private boolean duplicate(int kernelFd, Map<Integer, Integer> own) {
        if (!descriptors.openFiles().tryTake()) {
            return false;
        }
        if (kernel.fcntl(kernelFd, FcntlCommand.F_DUPFD_CLOEXEC, 0) instanceof Success(long fd)) {
            kept.add((int) fd);
            own.put(kernelFd, (int) fd);
            return true;
        }
        descriptors.openFiles().giveBack();
        return false;
    }

    private static ControlMessage renumbered(ControlMessage message, Map<Integer, Integer> own) {
        if (!Control.isRights(message.level(), message.type())) {
            return message;
        }
        ByteBuffer fds = ByteBuffer.wrap(message.data()).order(ByteOrder.nativeOrder());
        ByteBuffer data = ByteBuffer.allocate(fds.capacity()).order(ByteOrder.nativeOrder());
        while (fds.hasRemaining()) {
            int fd = fds.getInt();
            data.putInt(own.getOrDefault(fd, fd));
        }
        return new ControlMessage(message.level(), message.type(), data.array());
    }

    /** They are in the kernel, which keeps the files open from now on. */
    void sent() {
        if (!sent) {
            sent = true;
            files.forEach(_ -> session.resources().rights().sent());
            release();
        }
    }

    private void release() {
        leases.forEach(Descriptor.Lease::close);
        leases.clear();
        kept.forEach(descriptors.closing()::discard);
        kept.clear();
    }

    @Override
    public void close() {
        if (!sent) {
            files.forEach(session.resources().rights()::notSent);
        }
        release();
    }
}
