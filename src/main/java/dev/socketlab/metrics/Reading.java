package dev.socketlab.metrics;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.TcpState;
import dev.socketlab.inspect.Buffers;
import dev.socketlab.inspect.Queue;
import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.network.IsolatedHost;
import dev.socketlab.network.IsolatedNetwork;
import dev.socketlab.session.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets of all sessions as they were read together, in sums and distributions. */
public final class Reading {
    /** Of no session. */
    static final Reading EMPTY =
            new Reading(0, Duration.ZERO, List.of(), Map.of(), Netstat.Listening.NOTHING);

    /** The state of what is neither a TCP nor a UNIX socket. */
    private static final String STATELESS = "none";

    private final long at;
    private final Duration duration;
    private final List<Session> all;
    private final Map<Session, SessionReading> sessions;
    private final Netstat.Listening machine;
    private final Map<Kind, Integer> sockets = new HashMap<>();
    private final QueueFigures syn = new QueueFigures();
    private final QueueFigures accept = new QueueFigures();
    private final BufferFigures send = new BufferFigures();
    private final BufferFigures receive = new BufferFigures();

    /** What sockets are counted by. */
    record Kind(String domain, String type, String state) {
        static Kind of(int domain, int type, int state) {
            return new Kind(
                    AddressFamily.NAMES.text(domain),
                    SocketType.NAMES.text(type),
                    state == SocketReading.NONE ? STATELESS : TcpState.rfcName(state));
        }
    }

    /** One of the two queues, over all listeners. */
    static final class QueueFigures {
        final Distribution depth = new Distribution(0, 1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000);
        final Distribution fill = fill();
        private double limit;

        private void add(Queue queue) {
            Long known = queue.depth();
            Long most = queue.limit();
            if (known != null && most != null) {
                depth.add((double) known);
                fill.add(queue.fill());
                limit += (double) most;
            }
        }

        double limit() {
            return limit;
        }
    }

    /** One of the two buffers, over all sockets. */
    static final class BufferFigures {
        final Distribution queued = bytes();
        final Distribution memory = bytes();
        final Distribution fill = fill();
        private double capacity;

        private void add(
                @Nullable Long bytes, @Nullable Long taken, @Nullable Long whole, double part) {
            queued.add(bytes == null ? 0 : (double) bytes);
            if (taken != null && whole != null) {
                memory.add((double) taken);
                fill.add(part);
                capacity += (double) whole;
            }
        }

        double capacity() {
            return capacity;
        }

        private static Distribution bytes() {
            return new Distribution(
                    0, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24);
        }
    }

    private static Distribution fill() {
        return new Distribution(0, 0.25, 0.5, 0.75, 0.9, 1);
    }

    /**
     * @param at when it ended, in nanoseconds of the clock of readings
     * @param all the sessions that there were
     * @param sessions those that were read, now or before
     * @param machine what the kernel has counted on the machine's network
     */
    Reading(
            long at,
            Duration duration,
            List<Session> all,
            Map<Session, SessionReading> sessions,
            Netstat.Listening machine) {
        this.at = at;
        this.duration = duration;
        this.all = all;
        this.sessions = sessions;
        this.machine = machine;
        sessions.values().forEach(this::add);
    }

    private void add(SessionReading session) {
        session.sockets().forEach(this::add);
        for (SockDiag.Tcp one : session.withoutDescriptor()) {
            int domain = one.local().family();
            sockets.merge(Kind.of(domain, SocketType.SOCK_STREAM, one.state()), 1, Integer::sum);
        }
    }

    private void add(SocketReading socket) {
        sockets.merge(Kind.of(socket.domain(), socket.type(), socket.state()), 1, Integer::sum);
        if (socket.isListening()) {
            syn.add(socket.syn());
            accept.add(socket.accept());
        }
        Buffers.Send out = socket.buffers().send();
        send.add(out.queued(), out.memory(), out.capacity(), out.fill());
        Buffers.Receive in = socket.buffers().receive();
        receive.add(in.queued(), in.memory(), in.capacity(), in.fill());
    }

    long at() {
        return at;
    }

    Duration duration() {
        return duration;
    }

    /** How many sessions it did not come to: their figures are older, or missing. */
    int left() {
        long begin = at - duration.toNanos();
        return all.size()
                - (int) sessions.values().stream().filter(one -> one.at() - begin >= 0).count();
    }

    /** How many sessions have a network of their own, or have none. */
    long sessions(boolean isolated) {
        return all.stream()
                .filter(one -> one.network() instanceof IsolatedNetwork == isolated)
                .count();
    }

    /** How many network namespaces the sessions have. */
    long namespaces() {
        return all.stream()
                .flatMap(one -> one.network().places().stream())
                .filter(IsolatedHost.class::isInstance)
                .count();
    }

    Map<Session, SessionReading> sessions() {
        return sessions;
    }

    Netstat.Listening machine() {
        return machine;
    }

    Map<Kind, Integer> sockets() {
        return sockets;
    }

    QueueFigures syn() {
        return syn;
    }

    QueueFigures accept() {
        return accept;
    }

    BufferFigures send() {
        return send;
    }

    BufferFigures receive() {
        return receive;
    }
}
