package dev.socketlab.metrics;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.CallObserver;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * The calls of all sessions: how many, how long they took, what they answered, which wait now, and
 * the bytes that they carried. A meter is made with the first call that it counts.
 */
@Component
final class CallMeters implements CallObserver {
    /** The label of a call that has succeeded. */
    private static final String SUCCESS = "none";

    /** From a getsockname to the longest wait there can be. */
    private static final Duration[] BUCKETS = {
        Duration.ofNanos(10_000),
        Duration.ofNanos(25_000),
        Duration.ofNanos(50_000),
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5)
    };

    private final MeterRegistry registry;
    private final Map<String, Map<String, Timer>> timers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> waiting = new ConcurrentHashMap<>();
    private final Counter in;
    private final Counter out;

    CallMeters(MeterRegistry registry) {
        this.registry = registry;
        this.in = bytes("in");
        this.out = bytes("out");
    }

    private Counter bytes(String direction) {
        return Counter.builder("socketlab.bytes")
                .description("Bytes that sessions' calls gave to the kernel, or took from it")
                .baseUnit(BaseUnits.BYTES)
                .tag("direction", direction)
                .register(registry);
    }

    @Override
    public void ended(Invocation invocation, Result result, long nanos) {
        Call call = invocation.call();
        switch (result) {
            case Result.Failed failed -> record(call, errno(failed), nanos);
            case Result.Answered answered -> {
                record(call, SUCCESS, nanos);
                count(call, answered);
            }
        }
    }

    private void record(Call call, String errno, long nanos) {
        timer(call.name(), errno).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Bytes that were only looked at are taken, and counted, by a later call. */
    private void count(Call call, Result.Answered answered) {
        Carries carries = Carries.of(call);
        if (carries == Carries.BYTES_OUT && answered instanceof Result.Returned(int sent)) {
            out.increment(sent);
        }
        if (carries == Carries.BYTES_IN
                && answered instanceof Result.Received(long _, byte[] bytes, var _)) {
            in.increment(bytes.length);
        }
    }

    @Override
    public void refused(Invocation invocation, Throwable because) {
        Counter.builder("socketlab.calls.refused")
                .description("Calls that were not made, by who refused them")
                .tag("call", invocation.call().name())
                .tag("by", who(because))
                .register(registry)
                .increment();
    }

    @Override
    public void waitBegan(Invocation invocation) {
        waiting.computeIfAbsent(invocation.call().name(), this::waiting).incrementAndGet();
    }

    @Override
    public void waitEnded(Invocation invocation) {
        waiting.computeIfAbsent(invocation.call().name(), this::waiting).decrementAndGet();
    }

    private AtomicInteger waiting(String call) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("socketlab.calls.waiting", count, AtomicInteger::get)
                .description("Calls that wait now")
                .tag("call", call)
                .register(registry);
        return count;
    }

    private Timer timer(String call, String errno) {
        Map<String, Timer> byErrno = timers.get(call);
        Timer known = byErrno == null ? null : byErrno.get(errno);
        return known == null ? makeTimer(call, errno) : known;
    }

    private Timer makeTimer(String call, String errno) {
        Timer timer =
                Timer.builder("socketlab.calls")
                        .description("Calls that were made, their waiting counted")
                        .serviceLevelObjectives(BUCKETS)
                        .tag("call", call)
                        .tag("errno", errno)
                        .register(registry);
        timers.computeIfAbsent(call, _ -> new ConcurrentHashMap<>()).put(errno, timer);
        return timer;
    }

    private static String errno(Result.Failed failed) {
        return switch (failed) {
            case Result.Failure failure -> failure.errno().name();
            case Result.AddrinfoFailure failure -> AddrinfoError.NAMES.text(failure.eai());
        };
    }

    /** As the type of the problem that the client gets says it. */
    private static String who(Throwable because) {
        return switch (because) {
            case PolicyException policy -> "policy/" + policy.rule().slug();
            case LimitException limit -> "limit/" + limit.limit().slug();
            case NotFoundException _ -> "request/not-found";
            default -> "service";
        };
    }
}
