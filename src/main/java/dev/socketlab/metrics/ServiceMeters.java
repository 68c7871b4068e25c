package dev.socketlab.metrics;

import dev.socketlab.network.Isolation;
import dev.socketlab.place.LabThreads;
import dev.socketlab.session.OpenFiles;
import dev.socketlab.wire.SwitchLoop;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** What the service itself has: sessions, file descriptors, namespaces, threads, frames. */
@Component
final class ServiceMeters implements MeterBinder {
    private final Readings readings;
    private final OpenFiles openFiles;
    private final LabThreads labThreads;
    private final SwitchLoop switchLoop;

    ServiceMeters(Readings readings, OpenFiles openFiles, Isolation isolation) {
        this.readings = readings;
        this.openFiles = openFiles;
        this.labThreads = isolation.threads();
        this.switchLoop = isolation.switchLoop();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        sessions(registry, "host", false);
        sessions(registry, "isolated", true);
        Gauge.builder("socketlab.namespaces", readings, all -> all.latest().namespaces())
                .description("Network namespaces of sessions, one a host")
                .register(registry);
        Gauge.builder("socketlab.lab.threads", labThreads, LabThreads::alive)
                .description("Threads that go into sessions' namespaces")
                .register(registry);
        Gauge.builder("socketlab.fds", openFiles, OpenFiles::inUse)
                .description("File descriptors of sessions, their networks' too")
                .register(registry);
        Gauge.builder("socketlab.fds.limit", openFiles, OpenFiles::limit)
                .description("File descriptors that sessions may have together")
                .register(registry);
        FunctionCounter.builder("socketlab.frames", switchLoop, SwitchLoop::frames)
                .description("Ethernet frames that the switches of sessions took")
                .register(registry);
        FunctionCounter.builder("socketlab.frames.lost", switchLoop, SwitchLoop::lost)
                .description("Frames that a host had no room for, or was down")
                .register(registry);
    }

    private void sessions(MeterRegistry registry, String network, boolean isolated) {
        Gauge.builder("socketlab.sessions", readings, all -> all.latest().sessions(isolated))
                .description("Sessions, by the kind of their network")
                .tag("network", network)
                .register(registry);
    }
}
