package dev.socketlab.session;

import dev.socketlab.linux.Kernel;
import dev.socketlab.place.DirectoryThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories in which sessions' UNIX sockets have their names, all in one of the service's,
 * which nobody else may enter. It is made with the first of them. A lock on a file in it, which
 * ends with the process, tells a later service that it was left behind.
 */
public final class SocketDirectories implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketDirectories.class);
    private static final String PREFIX = "socketlab-";
    private static final String LOCK = "lock";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

    private final Kernel kernel;
    private final DirectoryThreads threads;
    private final Path parent;
    private final int maxFiles;
    private @Nullable Base base;
    private long made;

    private record Base(Path path, FileChannel lock) {}

    /**
     * @param parent where the service's directory is made
     * @param maxFiles how many names a session may have
     */
    public SocketDirectories(Kernel kernel, DirectoryThreads threads, Path parent, int maxFiles) {
        this.kernel = kernel;
        this.threads = threads;
        this.parent = parent;
        this.maxFiles = maxFiles;
    }

    /** A new one for a session; the caller closes it. */
    public synchronized SocketDirectory make() {
        try {
            if (base == null || !Files.isDirectory(base.path())) {
                removeLeftBehind();
                base = newBase();
            }
            made++;
            Path path =
                    Files.createDirectory(base.path().resolve(Long.toString(made)), ownerOnly());
            return new SocketDirectory(kernel, threads, path, maxFiles, () -> remove(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It has its name from when it is locked. */
    private Base newBase() throws IOException {
        Path path = Files.createTempDirectory(parent, "." + PREFIX, ownerOnly());
        FileChannel lock =
                FileChannel.open(
                        path.resolve(LOCK),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        lock.lock();
        Path named = parent.resolve(path.getFileName().toString().substring(1));
        return new Base(Files.move(path, named), lock);
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    }

    /** Those of services of the same user that were killed. */
    private void removeLeftBehind() throws IOException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path other : others) {
                if (isOwn(other) && isLeftBehind(other.resolve(LOCK))) {
                    remove(other);
                }
            }
        }
    }

    /** Whether nobody but the service's user can have changed anything in it. */
    private static boolean isOwn(Path directory) {
        try {
            PosixFileAttributes attributes =
                    Files.readAttributes(
                            directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory()
                    && attributes.permissions().equals(OWNER_ONLY)
                    && attributes.owner().equals(Files.getOwner(Path.of("/proc/self")));
        } catch (IOException _) {
            return false; // removed meanwhile
        }
    }

    private static boolean isLeftBehind(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException | IOException _) {
            return false;
        }
    }

    /** Removes a directory and what is in it; links are removed, not followed. */
    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be removed", directory, e);
        }
    }

    @Override
    public synchronized void close() {
        if (base != null) {
            remove(base.path());
            try {
                base.lock().close();
            } catch (IOException e) {
                LOG.warn("the lock of {} was not closed", base.path(), e);
            }
            base = null;
        }
    }
}
