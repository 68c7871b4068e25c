package dev.socketlab.metrics;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.TcpState;
import dev.socketlab.metrics.Reading.BufferFigures;
import dev.socketlab.metrics.Reading.Kind;
import dev.socketlab.metrics.Reading.QueueFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The sockets of all sessions, their queues and buffers, as the kernel has them. */
@Component
final class SocketMeters implements MeterBinder {
    private static final int[] FAMILIES = {AddressFamily.AF_INET, AddressFamily.AF_INET6};
    private static final int[] UNIX_TYPES = {
        SocketType.SOCK_STREAM, SocketType.SOCK_SEQPACKET, SocketType.SOCK_DGRAM
    };
    private static final int[] UNIX_STATES = {
        TcpState.ESTABLISHED, TcpState.LISTEN, TcpState.CLOSE
    };

    private final Readings readings;

    SocketMeters(Readings readings) {
        this.readings = readings;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        sockets(registry);
        queue(registry, "syn", Reading::syn);
        queue(registry, "accept", Reading::accept);
        buffer(registry, "send", Reading::send);
        buffer(registry, "receive", Reading::receive);
        gauge(
                registry,
                "socketlab.reading.duration",
                "How long the latest reading of all sockets took",
                "seconds",
                Tags.empty(),
                reading -> reading.duration().toNanos() / 1e9);
        gauge(
                registry,
                "socketlab.reading.left",
                "Sessions that the latest reading had no time for; their figures are older",
                null,
                Tags.empty(),
                Reading::left);
    }

    private void sockets(MeterRegistry registry) {
        for (int family : FAMILIES) {
            for (int state = TcpState.ESTABLISHED; state <= TcpState.CLOSING; state++) {
                sockets(registry, Kind.of(family, SocketType.SOCK_STREAM, state));
            }
        }
        for (int type : UNIX_TYPES) {
            for (int state : UNIX_STATES) {
                if (type != SocketType.SOCK_DGRAM || state != TcpState.LISTEN) {
                    sockets(registry, Kind.of(AddressFamily.AF_UNIX, type, state));
                }
            }
        }
    }

    private void sockets(MeterRegistry registry, Kind kind) {
        gauge(
                registry,
                "socketlab.sockets",
                "Sockets of sessions, by their state",
                null,
                Tags.of("domain", kind.domain(), "type", kind.type(), "state", kind.state()),
                reading -> reading.sockets().getOrDefault(kind, 0));
    }

    private void queue(
            MeterRegistry registry, String queue, Function<Reading, QueueFigures> figures) {
        Tags tags = Tags.of("queue", queue);
        distribution(
                registry,
                "socketlab.queue.depth",
                "What is in the queues of listeners",
                "connections",
                "listeners",
                tags,
                reading -> figures.apply(reading).depth);
        distribution(
                registry,
                "socketlab.queue.fill",
                "How full the queues of listeners are; 1 is full",
                null,
                "listeners",
                tags,
                reading -> figures.apply(reading).fill);
        gauge(
                registry,
                "socketlab.queue.limit",
                "The limits of the queues of listeners, together",
                "connections",
                tags,
                reading -> figures.apply(reading).limit());
    }

    private void buffer(
            MeterRegistry registry, String buffer, Function<Reading, BufferFigures> figures) {
        Tags tags = Tags.of("buffer", buffer);
        distribution(
                registry,
                "socketlab.buffer.queued",
                "Bytes of users in the buffers of sockets",
                BaseUnits.BYTES,
                "sockets",
                tags,
                reading -> figures.apply(reading).queued);
        distribution(
                registry,
                "socketlab.buffer.memory",
                "What the buffers of sockets take, with the kernel's overhead",
                BaseUnits.BYTES,
                "sockets",
                tags,
                reading -> figures.apply(reading).memory);
        distribution(
                registry,
                "socketlab.buffer.fill",
                "How full the buffers of sockets are: their memory as a part of their capacity",
                null,
                "sockets",
                tags,
                reading -> figures.apply(reading).fill);
        gauge(
                registry,
                "socketlab.buffer.capacity",
                "What the buffers of sockets may take, together",
                BaseUnits.BYTES,
                tags,
                reading -> figures.apply(reading).capacity());
    }

    /** A sum, the greatest, and how many of what was counted have at most each bound. */
    private void distribution(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String unit,
            String counted,
            Tags tags,
            Function<Reading, Distribution> figures) {
        gauge(registry, name, description + ": the sum", unit, tags, r -> figures.apply(r).sum());
        gauge(
                registry,
                name + ".max",
                description + ": the greatest",
                unit,
                tags,
                r -> figures.apply(r).max());
        Distribution bounds = figures.apply(Reading.EMPTY);
        for (int i = 0; i < bounds.size(); i++) {
            int bound = i;
            gauge(
                    registry,
                    name + "." + counted,
                    description + ": how many have at most this",
                    null,
                    tags.and("bound", text(bounds.bound(i))),
                    r -> figures.apply(r).atMost(bound));
        }
    }

    /** As Prometheus writes the bounds of a histogram. */
    private static String text(double bound) {
        return Double.isInfinite(bound)
                ? "+Inf"
                : bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            @Nullable String unit,
            Tags tags,
            ToDoubleFunction<Reading> figure) {
        Gauge.builder(name, readings, all -> figure.applyAsDouble(all.latest()))
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }
}
