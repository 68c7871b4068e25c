package dev.socketlab.session;

/**
 * What descriptors that were duplicated share, open(2): the status flag O_NONBLOCK as the session
 * sees it (underneath every fd has it), and how many descriptors there are.
 */
final class OpenFileDescription {
    private volatile boolean nonblocking;
    private int descriptors;

    OpenFileDescription(boolean nonblocking) {
        this.nonblocking = nonblocking;
    }

    boolean isNonblocking() {
        return nonblocking;
    }

    void setNonblocking(boolean value) {
        nonblocking = value;
    }

    synchronized void opened() {
        descriptors++;
    }

    /** One descriptor fewer; answers whether it was the last. */
    synchronized boolean closed() {
        descriptors--;
        return descriptors == 0;
    }
}
