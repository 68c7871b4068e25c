package dev.socketlab.endtoend;

import java.util.List;
import java.util.TreeMap;

/**
 * The file descriptors of one process among those of this one: numbered from 3, the lowest that is
 * free first, as open(2) says.
 */
final class ProcessFds {
    private static final int FIRST = 3;

    /** Higher than any process's: poll(2) leaves out what is below 0. */
    private static final int NONE = Integer.MAX_VALUE;

    private final TreeMap<Integer, Integer> kernelFds = new TreeMap<>();

    /** Takes a number for an fd that a call is about to make, as the kernel does. */
    synchronized int reserve(int from) {
        int number = Math.max(FIRST, from);
        while (kernelFds.containsKey(number)) {
            number++;
        }
        kernelFds.put(number, NONE);
        return number;
    }

    /** Gives a number back for which no fd was made. */
    synchronized void release(int number) {
        kernelFds.remove(number);
    }

    /** The fd was made for which the number was taken, or takes the place of another. */
    synchronized void set(int number, int kernelFd) {
        kernelFds.put(number, kernelFd);
    }

    /** Takes a number for an fd that there is already. */
    synchronized int add(int kernelFd) {
        int number = reserve(0);
        set(number, kernelFd);
        return number;
    }

    /** The fd of this process; one that no process has where the number is not open. */
    synchronized int kernelFd(int number) {
        return kernelFds.getOrDefault(number, NONE);
    }

    synchronized boolean isOpen(int number) {
        return kernelFd(number) != NONE;
    }

    /** Whether a call that waits has taken the number, for the fd that it is to make. */
    synchronized boolean isReserved(int number) {
        return kernelFds.containsKey(number) && !isOpen(number);
    }

    /** Takes a number out, and answers its fd. */
    synchronized int remove(int number) {
        int kernelFd = kernelFd(number);
        if (kernelFd != NONE) {
            kernelFds.remove(number);
        }
        return kernelFd;
    }

    /** The fds of this process that are open. */
    synchronized List<Integer> all() {
        return kernelFds.values().stream().filter(fd -> fd != NONE).toList();
    }
}
