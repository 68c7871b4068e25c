package dev.socketlab.metrics;

import dev.socketlab.abi.TcpState;
import dev.socketlab.inspect.Queue;
import dev.socketlab.session.Session;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * {@code /actuator/sockets}: the fullest queues and buffers of the service, the fullest first; in
 * figures, and never in bytes that somebody sent.
 */
@Component
@Endpoint(id = "sockets")
final class SocketsEndpoint {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 1000;

    private final Readings readings;

    SocketsEndpoint(Readings readings) {
        this.readings = readings;
    }

    /**
     * A queue of a listener.
     *
     * @param fill 1 where nothing more goes in
     */
    record QueueEntry(
            String session,
            int fd,
            @Nullable String host,
            String queue,
            @Nullable Long depth,
            @Nullable Long limit,
            double fill) {}

    /**
     * A buffer of a socket; figures in bytes.
     *
     * @param fill its memory as a part of its capacity
     */
    record BufferEntry(
            String session,
            int fd,
            @Nullable String host,
            @Nullable String state,
            String buffer,
            @Nullable Long queued,
            @Nullable Long memory,
            @Nullable Long capacity,
            double fill) {}

    /** What is not empty, the fullest first. */
    record Fullest(List<QueueEntry> queues, List<BufferEntry> buffers) {}

    /**
     * @param limit how many of each at most, 1 to 1000; 20 if it is left out
     */
    @ReadOperation
    Fullest fullest(@Nullable Integer limit) {
        int most = limit == null ? DEFAULT_LIMIT : limit;
        if (most < 1 || most > MAX_LIMIT) {
            throw new InvalidEndpointRequestException(
                    "limit is " + most, "limit is 1 to " + MAX_LIMIT);
        }
        Reading reading = readings.latest();
        return new Fullest(
                fullest(reading, SocketsEndpoint::queues, QueueEntry::fill, most),
                fullest(reading, SocketsEndpoint::buffers, BufferEntry::fill, most));
    }

    /** A socket and the session that has it. */
    private record Owned(Session session, SocketReading socket) {}

    private static <T> List<T> fullest(
            Reading reading,
            Function<Owned, Stream<T>> entries,
            ToDoubleFunction<T> fill,
            int limit) {
        return reading.sessions().entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().sockets().stream()
                                .map(socket -> new Owned(entry.getKey(), socket)))
                .flatMap(entries)
                .filter(entry -> fill.applyAsDouble(entry) > 0)
                .sorted(Comparator.comparingDouble(fill).reversed())
                .limit(limit)
                .toList();
    }

    private static Stream<QueueEntry> queues(Owned owned) {
        return !owned.socket().isListening()
                ? Stream.empty()
                : Stream.of(
                        entry(owned, "syn", owned.socket().syn()),
                        entry(owned, "accept", owned.socket().accept()));
    }

    private static QueueEntry entry(Owned owned, String name, Queue queue) {
        return new QueueEntry(
                owned.session().id(),
                owned.socket().fd(),
                owned.socket().host(),
                name,
                queue.depth(),
                queue.limit(),
                queue.fill());
    }

    private static Stream<BufferEntry> buffers(Owned owned) {
        var send = owned.socket().buffers().send();
        var receive = owned.socket().buffers().receive();
        return Stream.of(
                entry(owned, "send", send.queued(), send.memory(), send.capacity(), send.fill()),
                entry(
                        owned,
                        "receive",
                        receive.queued(),
                        receive.memory(),
                        receive.capacity(),
                        receive.fill()));
    }

    private static BufferEntry entry(
            Owned owned,
            String name,
            @Nullable Long queued,
            @Nullable Long memory,
            @Nullable Long capacity,
            double fill) {
        int state = owned.socket().state();
        return new BufferEntry(
                owned.session().id(),
                owned.socket().fd(),
                owned.socket().host(),
                state == SocketReading.NONE ? null : TcpState.rfcName(state),
                name,
                queued,
                memory,
                capacity,
                fill);
    }
}
