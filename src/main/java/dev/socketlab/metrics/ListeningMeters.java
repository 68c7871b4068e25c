package dev.socketlab.metrics;

import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.Netstat.Listening;
import dev.socketlab.network.Isolation;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * What the kernel counts of listeners that could not take a connection: on the machine's network,
 * where others are counted too, and on the networks of sessions, where those that have ended stay
 * counted.
 */
@Component
final class ListeningMeters implements MeterBinder {
    /** By the label; held here, since a registry holds what it asks weakly. */
    private final Map<String, Supplier<Listening>> networks;

    ListeningMeters(Readings readings, Isolation isolation) {
        this.networks =
                Map.of(
                        "host",
                        () -> readings.latest().machine(),
                        "isolated",
                        () -> {
                            readings.latest(); // brings the sum up to date
                            return isolation.listening().sum();
                        });
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        networks.forEach((network, counted) -> {
            Tags tags = Tags.of("network", network);
            Counters counters = new Counters(registry, counted);
            counters.add(
                    "socketlab.listen.overflows",
                    "Connections that found an accept queue full",
                    tags,
                    Listening::listenOverflows);
            counters.add(
                    "socketlab.listen.drops",
                    "Requests and connections that listeners dropped, overflows among them",
                    tags,
                    Listening::listenDrops);
            cookies(counters, tags);
            full(counters, tags);
        });
    }

    private static void cookies(Counters counters, Tags tags) {
        Map.<String, ToDoubleFunction<Listening>>of(
                        "sent", Listening::syncookiesSent,
                        "received", Listening::syncookiesRecv,
                        "failed", Listening::syncookiesFailed)
                .forEach((event, field) ->
                        counters.add(
                                "socketlab.syn.cookies",
                                "SYN cookies, which stand in for a full SYN queue",
                                tags.and("event", event),
                                field));
    }

    private static void full(Counters counters, Tags tags) {
        Map.<String, ToDoubleFunction<Listening>>of(
                        "cookie", Listening::tcpReqQFullDoCookies,
                        "none", Listening::tcpReqQFullDrop)
                .forEach((answer, field) ->
                        counters.add(
                                "socketlab.syn.full",
                                "Requests that found a SYN queue full, by what they were answered",
                                tags.and("answer", answer),
                                field));
    }

    private record Counters(MeterRegistry registry, Supplier<Netstat.Listening> counted) {
        void add(String name, String description, Tags tags, ToDoubleFunction<Listening> field) {
            FunctionCounter.builder(name, counted, source -> field.applyAsDouble(source.get()))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }
}
