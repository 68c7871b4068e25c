package dev.socketlab.session;

import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.network.Host;
import java.util.List;

/**
 * A file descriptor of a session that somebody looks at; it is not closed before this is. Close it
 * soon, for who closes the descriptor waits.
 */
public final class OpenSocket implements AutoCloseable {
    private final int fd;
    private final Descriptor.Lease lease;

    OpenSocket(int fd, Descriptor.Lease lease) {
        this.fd = fd;
        this.lease = lease;
    }

    /** Its number in the session. */
    public int fd() {
        return fd;
    }

    /** The kernel's, which stays the session's. */
    public int kernelFd() {
        return lease.kernelFd();
    }

    /** What it was made as. */
    public SocketKind kind(Kernel kernel) {
        return lease.kind(kernel);
    }

    /** Where it was made. */
    public Host host() {
        return lease.description().host();
    }

    /** The status flags as the session sees them, F_GETFL of fcntl(2). */
    public SyscallResult statusFlags(Kernel kernel) {
        return lease.statusFlags(kernel);
    }

    /** An option of it, in its form: {@link OptionReading#read}. */
    public Result option(Kernel kernel, SocketOption option) {
        return OptionReading.read(
                kernel,
                lease,
                new SocketOption.Named(option.level(), option.optname()),
                option.form(),
                null);
    }

    /** The calls that wait for it, on whichever of its descriptors, the longest first. */
    public List<Waiting> waiting() {
        return lease.description().waits().all();
    }

    @Override
    public void close() {
        lease.close();
    }
}
