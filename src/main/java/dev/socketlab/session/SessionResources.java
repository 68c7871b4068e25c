package dev.socketlab.session;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What a session has as a process has it: file descriptors, lists, a directory, the rights to wait.
 * Calls work on it; the session closes it with its network.
 */
public final class SessionResources {
    private final SessionSettings settings;
    private final OpenFiles openFiles;
    private final SocketDirectories directories;
    private final FdTable fds;
    private final Semaphore waits;
    private final Semaphore orphans;
    private final AddrinfoLists addrinfos;
    private final Peers peers = new Peers();
    private final Rights rights;
    private @Nullable SocketDirectory directory;

    SessionResources(SessionSettings settings, OpenFiles openFiles, SocketDirectories directories) {
        this.settings = settings;
        this.openFiles = openFiles;
        this.directories = directories;
        this.fds = new FdTable(settings.maxFds());
        this.waits = new Semaphore(settings.maxWaits());
        this.orphans = new Semaphore(settings.maxFds());
        this.addrinfos = new AddrinfoLists(settings.maxAddrinfoLists());
        this.rights = new Rights(openFiles, settings.maxFds());
    }

    /** The table of its file descriptors. */
    public FdTable fds() {
        return fds;
    }

    /** How many more of its calls may wait. */
    public Semaphore waits() {
        return waits;
    }

    /** How many of its calls may wait at a time. */
    public int maxWaits() {
        return settings.maxWaits();
    }

    /** How many more fds of the kernel may be left open for epoll instances alone. */
    public Semaphore orphans() {
        return orphans;
    }

    /** The getaddrinfo lists that it has not freed. */
    public AddrinfoLists addrinfos() {
        return addrinfos;
    }

    /** Waits that end when a peer does something. */
    public Peers peers() {
        return peers;
    }

    /** The file descriptors that are in messages of its sockets. */
    public Rights rights() {
        return rights;
    }

    /**
     * The directory of its UNIX sockets, made when it is first asked for; during a call.
     *
     * @throws LimitException when the service has no file descriptor left for it
     */
    public synchronized SocketDirectory directory() {
        if (directory == null) {
            openFiles.take();
            try {
                directory = directories.make();
            } finally {
                if (directory == null) {
                    openFiles.giveBack();
                }
            }
        }
        return directory;
    }

    /** What the descriptors, which are closed by now, have left. */
    synchronized void close() {
        rights.clear();
        if (directory != null) {
            directory.close();
            openFiles.giveBack();
        }
    }
}
