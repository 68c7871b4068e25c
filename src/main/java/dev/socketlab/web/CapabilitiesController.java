package dev.socketlab.web;

import dev.socketlab.linux.Platform;
import dev.socketlab.network.Isolation;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.OpenFiles;
import dev.socketlab.web.door.ApiPath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this machine can do for sessions, and why not. */
@RestController
@RequestMapping(path = ApiPath.V1, produces = MediaType.APPLICATION_JSON_VALUE)
public class CapabilitiesController {
    private final OpenFiles openFiles;
    private final Isolation isolation;

    CapabilitiesController(OpenFiles openFiles, Isolation isolation) {
        this.openFiles = openFiles;
        this.isolation = isolation;
    }

    /** Something the machine can do, or why it cannot and what would let it. */
    record Capability(boolean available, @Nullable String reason, @Nullable String remedy) {
        static Capability of(Optional<Reason> missing) {
            return missing.map(reason ->
                            new Capability(false, reason.toString(), Isolation.REMEDY.toString()))
                    .orElseGet(() -> new Capability(true, null, null));
        }
    }

    record Machine(String system, String kernel, String architecture) {}

    public record Capabilities(
            Machine machine,
            Capability host,
            Capability isolated,
            Capability interfaces,
            Capability ipv6,
            int maxOpenFiles,
            List<String> families,
            List<String> types) {}

    @GetMapping("/capabilities")
    Capabilities capabilities() {
        return new Capabilities(
                new Machine(
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")),
                new Capability(true, null, null),
                Capability.of(isolation.withoutNamespaces()),
                Capability.of(isolation.withoutInterfaces()),
                ipv6(),
                openFiles.limit(),
                isolation.sockets().families(),
                List.of("SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW", "SOCK_SEQPACKET"));
    }

    private static Capability ipv6() {
        return Platform.HAS_IPV6
                ? new Capability(true, null, null)
                : new Capability(
                        false,
                        "The kernel has no IPv6: /proc/net/if_inet6 does not exist.",
                        "Start the kernel without ipv6.disable=1.");
    }
}
