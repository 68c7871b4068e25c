package dev.socketlab.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.socketlab.session.OpenFiles;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Whether file descriptors are running out: those that sessions may have, and the process's. */
@Component
class FdsHealthIndicator implements HealthIndicator {
    /** Works, and somebody should look: it is answered with 200. */
    static final Status WARNING = new Status("WARNING");

    private static final double NEAR = 0.9;

    private final OpenFiles openFiles;
    private final Used process;

    /** Some of a limited number. */
    interface Used {
        long count();

        long limit();
    }

    @Autowired
    FdsHealthIndicator(OpenFiles openFiles) {
        this(openFiles, ofTheProcess());
    }

    FdsHealthIndicator(OpenFiles openFiles, Used process) {
        this.openFiles = openFiles;
        this.process = process;
    }

    @Override
    public Health health() {
        long sessions = openFiles.inUse();
        long open = process.count();
        Health.Builder health =
                Health.up()
                        .withDetail("sessions", sessions)
                        .withDetail("sessionsLimit", openFiles.limit())
                        .withDetail("process", open)
                        .withDetail("processLimit", process.limit());
        List<String> problems = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        if (sessions >= NEAR * openFiles.limit()) {
            problems.add(
                    "Sessions have "
                            + sessions
                            + " of the "
                            + openFiles.limit()
                            + " file descriptors that they may have together; then calls that make"
                            + " one are answered with 503.");
            remedies.add(
                    "End sessions, or raise the process's limit (ulimit -n) or"
                            + " socketlab.session.max-open-files.");
        }
        if (open >= NEAR * process.limit()) {
            problems.add(
                    "The process has "
                            + open
                            + " of the "
                            + process.limit()
                            + " file descriptors that it may have; then no connection is accepted.");
            remedies.add("Raise its limit (ulimit -n), or lower server.tomcat.max-connections.");
        }
        if (!problems.isEmpty()) {
            health.status(WARNING)
                    .withDetail("problem", String.join(" ", problems))
                    .withDetail("remedy", String.join(" ", remedies));
        }
        return health.build();
    }

    private static Used ofTheProcess() {
        var system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        return new Used() {
            @Override
            public long count() {
                try {
                    return system.getOpenFileDescriptorCount();
                } catch (InternalError _) { // it opens a directory to count them
                    return limit();
                }
            }

            @Override
            public long limit() {
                return system.getMaxFileDescriptorCount();
            }
        };
    }
}
