package dev.socketlab.place;

import dev.socketlab.linux.Kernel;
import dev.socketlab.readiness.ReadinessLoop;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread that goes into the directories of sessions, so that bind(2) makes the names of UNIX
 * sockets there by the very bytes that were given. It is kept from the others of the service as lab
 * threads are, and for the same reason: whoever it started would share its working directory.
 */
public final class DirectoryThreads implements AutoCloseable {
    private final Kernel kernel;
    private final ReadinessLoop loop;
    private @Nullable LabThreads threads;

    /** Makes nothing yet. */
    public DirectoryThreads(Kernel kernel, ReadinessLoop loop) {
        this.kernel = kernel;
        this.loop = loop;
    }

    /**
     * Does something with a directory as the working directory.
     *
     * @param directory its fd
     * @param task system calls and nothing else
     */
    public <T> T in(int directory, Supplier<T> task) {
        return threads().startIn(directory, task).await();
    }

    private synchronized LabThreads threads() {
        if (threads == null) {
            threads = new LabThreads(kernel, loop, Ground.DIRECTORIES, "directory-", 1);
        }
        return threads;
    }

    @Override
    public synchronized void close() {
        if (threads != null) {
            threads.close();
        }
    }
}
