package dev.socketlab.session;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.OpenFlag;
import dev.socketlab.abi.Openat2;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import dev.socketlab.place.DirectoryThreads;
import dev.socketlab.policy.NamePolicy;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.LimitException.Limit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A session's own directory: the names of its UNIX sockets, unix(7), are relative to it and do not
 * lead out of it, by .. or by a link. Nothing but sockets is ever made in it. Its session closes
 * it, which removes it.
 */
public final class SocketDirectory implements AutoCloseable {
    private static final int PATH = OpenFlag.O_PATH | OpenFlag.O_CLOEXEC;
    private static final int BENEATH = Openat2.RESOLVE_BENEATH | Openat2.RESOLVE_NO_SYMLINKS;

    /** What the kernel finds no socket by, when it has nothing else to say of a call before. */
    private static final Map<Errno, SocketAddress> FAILS_LIKE =
            Map.of(
                    Errno.ENOENT, address("/proc/self/none"),
                    Errno.ENOTDIR, address("/proc/self/status/none"));

    private final Kernel kernel;
    private final DirectoryThreads threads;
    private final int maxFiles;
    private final Runnable removal;
    private final int directory;
    private int files;

    /**
     * @param path an empty directory
     * @param removal removes it with all that is in it
     * @throws dev.socketlab.linux.SyscallException when it cannot be opened
     */
    SocketDirectory(
            Kernel kernel, DirectoryThreads threads, Path path, int maxFiles, Runnable removal) {
        this.kernel = kernel;
        this.threads = threads;
        this.removal = removal;
        this.maxFiles = maxFiles;
        this.directory = Math.toIntExact(kernel.open(path.toString(), PATH).orThrow("open"));
    }

    private static SocketAddress address(String path) {
        return new SocketAddress.Unix(path.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * bind(2) with a path name: made with this as the working directory, so that the name that the
     * socket gets is the one that was given.
     *
     * @throws PolicyException when the name leads out
     * @throws LimitException when there are as many names as there may be
     */
    public synchronized SyscallResult bind(
            SocketAddress.Unix address, Supplier<SyscallResult> call) {
        checkParent(address.path());
        if (files >= maxFiles) {
            throw new LimitException(Limit.FILES, maxFiles);
        }
        SyscallResult result = threads.in(directory, call);
        if (result instanceof Success) {
            files++;
        }
        return result;
    }

    /**
     * A call to the socket that a path name leads to: looked up here, and reached through the fd
     * that was found, so that the name cannot lead elsewhere meanwhile.
     *
     * @param call given the address to use
     * @throws PolicyException when the name leads out
     */
    public SyscallResult reach(SocketAddress.Unix address, Function<byte[], SyscallResult> call) {
        return switch (open(address.path())) {
            case Failure(Errno errno) when FAILS_LIKE.containsKey(errno) ->
                    call.apply(FAILS_LIKE.get(errno).toBytes());
            case Failure failure -> failure;
            case Success(long fd) -> {
                try {
                    byte[] link = ("/proc/self/fd/" + fd).getBytes(StandardCharsets.US_ASCII);
                    yield call.apply(new SocketAddress.Unix(link).toBytes());
                } finally {
                    kernel.close((int) fd);
                }
            }
        };
    }

    /**
     * unlink(2).
     *
     * @throws PolicyException when the name leads out
     */
    public synchronized SyscallResult unlink(byte[] pathname) {
        NamePolicy.judgePath(pathname);
        checkParent(pathname);
        SyscallResult result = kernel.unlinkat(directory, pathname, 0);
        if (result instanceof Success) {
            files--;
        }
        return result;
    }

    /**
     * Of a path with a slash, the directory must not lead out; what else it is, the kernel says.
     */
    private void checkParent(byte[] pathname) {
        parent(pathname)
                .ifPresent(parent -> {
                    if (open(parent) instanceof Success(long fd)) {
                        kernel.close((int) fd);
                    }
                });
    }

    private static Optional<byte[]> parent(byte[] pathname) {
        int slash = pathname.length - 1;
        while (slash >= 0 && pathname[slash] != '/') {
            slash--;
        }
        return slash <= 0 ? Optional.empty() : Optional.of(Arrays.copyOf(pathname, slash));
    }

    private SyscallResult open(byte[] pathname) {
        SyscallResult result = kernel.openat2(directory, pathname, PATH, BENEATH);
        if (result.failedWith(Errno.ELOOP) || result.failedWith(Errno.EXDEV)) {
            throw NamePolicy.leadsOut();
        }
        return result;
    }

    @Override
    public void close() {
        kernel.close(directory);
        removal.run();
    }
}
