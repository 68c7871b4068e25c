package dev.socketlab.session;

import dev.socketlab.abi.Errno;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.session.LimitException.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * The kernel file descriptors that all sessions may have together, fewer than the process may have,
 * so that the service can still take connections when sessions have theirs.
 */
public final class OpenFiles {
    /** What the JVM, epoll, netlink and the log have open. */
    private static final int OWN = 512;

    private static final String NOFILE = "Max open files";

    private final int limit;
    private final Semaphore left;

    public OpenFiles(int limit) {
        this.limit = limit;
        this.left = new Semaphore(limit);
    }

    /** What the process's limit leaves beside so many HTTP connections, but at least a quarter. */
    public static OpenFiles beside(int connections) {
        int nofile = processLimit();
        return new OpenFiles(Math.max(nofile / 4, nofile - connections - OWN));
    }

    /**
     * Takes one.
     *
     * @throws LimitException when there is none left
     */
    public void take() {
        take(1);
    }

    /**
     * Takes so many.
     *
     * @throws LimitException when there are not so many left
     */
    public void take(int count) {
        if (!left.tryAcquire(count)) {
            throw exhausted();
        }
    }

    /** Takes one, if there is one left. */
    public boolean tryTake() {
        return left.tryAcquire();
    }

    /** Gives one back. */
    public void giveBack() {
        giveBack(1);
    }

    /** Gives so many back. */
    public void giveBack(int count) {
        left.release(count);
    }

    public int limit() {
        return limit;
    }

    /** How many sessions have now. */
    public int inUse() {
        return limit - left.availablePermits();
    }

    /**
     * The kernel's answer to a call that makes an fd. EMFILE is then the service's own limit and
     * not the session's, which was asked before.
     *
     * @throws LimitException for EMFILE
     */
    public SyscallResult checked(SyscallResult result) {
        if (result.failedWith(Errno.EMFILE)) {
            throw exhausted();
        }
        return result;
    }

    private LimitException exhausted() {
        return new LimitException(Limit.OPEN_FILES, limit);
    }

    private static int processLimit() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith(NOFILE)) {
                    String soft = line.substring(NOFILE.length()).trim().split(" +")[0];
                    return soft.equals("unlimited") ? 1 << 20 : Integer.parseInt(soft);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("/proc/self/limits does not say " + NOFILE);
    }
}
