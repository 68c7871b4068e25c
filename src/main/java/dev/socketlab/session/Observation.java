package dev.socketlab.session;

import dev.socketlab.network.SessionNetwork;
import java.util.List;
import java.util.Optional;

/**
 * A look at a session from outside: no call, so it does not put off the session's end. Its network
 * stays as long as this is open. By one thread; close it when done.
 */
public final class Observation implements AutoCloseable {
    private final Session session;
    private boolean closed;

    Observation(Session session) {
        this.session = session;
    }

    /** Its open file descriptors, from the lowest up. */
    public List<Integer> fds() {
        return session.openFds();
    }

    /** The socket of a descriptor; empty where it is not open. The caller closes it. */
    public Optional<OpenSocket> socket(int fd) {
        return session.resources().fds().lease(fd).map(lease -> new OpenSocket(fd, lease));
    }

    public SessionNetwork network() {
        return session.network();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            session.endObservation();
        }
    }
}
