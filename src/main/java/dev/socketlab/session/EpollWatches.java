package dev.socketlab.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Under which fds of the kernel epoll instances have entries for an open file. Such an fd stays
 * open for them, as an orphan, when its descriptor closes while another is left.
 */
final class EpollWatches {
    private final Map<Integer, Integer> watchers = new HashMap<>();
    private final Set<Integer> orphans = new HashSet<>();

    /** An epoll instance has an entry under this fd of the kernel. */
    synchronized void add(int kernelFd) {
        watchers.merge(kernelFd, 1, Integer::sum);
    }

    /**
     * Whether that fd of the kernel is open for an epoll instance; after the last close none is.
     */
    synchronized boolean has(int kernelFd) {
        return watchers.containsKey(kernelFd);
    }

    /**
     * An epoll instance has it no more.
     *
     * @return the fd, if it was open for that alone; the caller closes it
     */
    synchronized List<Integer> remove(int kernelFd) {
        boolean watched =
                watchers.computeIfPresent(kernelFd, (_, times) -> times == 1 ? null : times - 1)
                        != null;
        return !watched && orphans.remove(kernelFd) ? List.of(kernelFd) : List.of();
    }

    /**
     * Keeps an fd of the kernel open whose descriptor closes while another is left: an epoll
     * instance knows the open file under it. False where none does, or as many are kept as may be;
     * then the entry stays, but can be neither changed nor removed.
     *
     * @param left how many more may be; who closes the fd gives it back
     */
    synchronized boolean keepOrphan(int kernelFd, Semaphore left) {
        if (watchers.containsKey(kernelFd) && left.tryAcquire()) {
            return orphans.add(kernelFd);
        }
        watchers.remove(kernelFd);
        return false;
    }

    /** The fds that were kept so, at the end of the last descriptor; the caller closes them. */
    synchronized List<Integer> takeOrphans() {
        List<Integer> all = List.copyOf(orphans);
        orphans.clear();
        watchers.clear();
        return all;
    }
}
