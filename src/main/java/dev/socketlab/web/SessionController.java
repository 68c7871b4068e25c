package dev.socketlab.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.network.HostSpec;
import dev.socketlab.network.InterfaceAddress;
import dev.socketlab.network.IsolatedNetwork;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionRegistry;
import dev.socketlab.session.SessionSettings;
import dev.socketlab.web.door.ApiPath;
import dev.socketlab.web.door.WebSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sessions: made, listed, read, ended. */
@RestController
@RequestMapping(path = ApiPath.V1 + "/sessions", produces = MediaType.APPLICATION_JSON_VALUE)
public class SessionController {
    private static final int MAX_NAME = 64;

    private final SessionRegistry registry;
    private final SessionSettings settings;
    private final WebSettings web;
    private final NetworkChoice networks;

    SessionController(
            SessionRegistry registry,
            SessionSettings settings,
            WebSettings web,
            NetworkChoice networks) {
        this.registry = registry;
        this.settings = settings;
        this.web = web;
        this.networks = networks;
    }

    /** A host of an isolated network; what only an interface has is null without one. */
    record HostAnswer(
            String name,
            @JsonProperty("interface") @Nullable String device,
            @Nullable String mac,
            @Nullable Integer mtu,
            @Nullable String address,
            @Nullable String address6) {
        static HostAnswer of(HostSpec host) {
            HostSpec.Interface eth0 = host.eth0();
            if (eth0 == null) {
                return new HostAnswer(host.name(), null, null, null, null, null);
            }
            InterfaceAddress ipv6 = eth0.ipv6();
            return new HostAnswer(
                    host.name(),
                    HostSpec.Interface.NAME,
                    eth0.macText(),
                    eth0.mtu(),
                    eth0.ipv4().toString(),
                    ipv6 == null ? null : ipv6.toString());
        }
    }

    record SessionRequest(
            @Nullable String name,
            @Schema(allowableValues = {NetworkChoice.ISOLATED, NetworkChoice.HOST})
                    @Nullable String network,
            @Nullable List<HostRequest> hosts) {}

    /** What a session may have: numbers, bytes and seconds. */
    record Limits(
            int fds,
            int fdsInFlight,
            int waits,
            int addrinfoLists,
            int files,
            int maxLen,
            long maxRequest,
            long maxWaitSeconds,
            long idleTimeoutSeconds,
            long maxAgeSeconds) {}

    public record Created(
            String id,
            @Nullable String name,
            @Schema(allowableValues = {NetworkChoice.ISOLATED, NetworkChoice.HOST}) String network,
            List<HostAnswer> hosts,
            Limits limits,
            Instant createdAt,
            Instant expiresAt) {}

    public record Shown(
            String id,
            @Nullable String name,
            @Schema(allowableValues = {NetworkChoice.ISOLATED, NetworkChoice.HOST}) String network,
            List<HostAnswer> hosts,
            Limits limits,
            Instant createdAt,
            Instant expiresAt,
            List<Integer> fds,
            List<Integer> addrinfo) {}

    @PostMapping
    ResponseEntity<Created> createSession(
            @RequestBody(required = false) @Nullable SessionRequest body) {
        SessionRequest request = body == null ? new SessionRequest(null, null, null) : body;
        checkName(request.name());
        NetworkChoice.Chosen chosen = networks.choose(request.network(), request.hosts());
        Session session = registry.create(request.name(), chosen.fds(), chosen.network());
        return ResponseEntity.created(URI.create(ApiPath.V1 + "/sessions/" + session.id()))
                .body(
                        new Created(
                                session.id(),
                                session.name(),
                                NetworkChoice.name(session.network()),
                                hosts(session),
                                limits(),
                                truncated(session.createdAt()),
                                truncated(session.expiresAt())));
    }

    @GetMapping
    List<Shown> listSessions() {
        return registry.all().stream().map(this::getSession).toList();
    }

    @GetMapping("/{sid}")
    Shown getSession(Session session) {
        return new Shown(
                session.id(),
                session.name(),
                NetworkChoice.name(session.network()),
                hosts(session),
                limits(),
                truncated(session.createdAt()),
                truncated(session.expiresAt()),
                session.openFds(),
                session.unfreed());
    }

    @DeleteMapping("/{sid}")
    Session.LeakReport endSession(Session session) {
        return registry.end(session);
    }

    private static List<HostAnswer> hosts(Session session) {
        return session.network() instanceof IsolatedNetwork isolated
                ? isolated.hosts().stream().map(HostAnswer::of).toList()
                : List.of();
    }

    private Limits limits() {
        return new Limits(
                settings.maxFds(),
                settings.maxFds(),
                settings.maxWaits(),
                settings.maxAddrinfoLists(),
                settings.maxFiles(),
                settings.maxLen(),
                web.maxRequest().toBytes(),
                web.maxWait().toSeconds(),
                settings.idleTimeout().toSeconds(),
                settings.maxAge().toSeconds());
    }

    private static Instant truncated(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static void checkName(@Nullable String name) {
        if (name != null
                && (name.isEmpty()
                        || name.length() > MAX_NAME
                        || !name.codePoints().allMatch(SessionController::isPrintable))) {
            throw new InvalidRequestException("/name", Reason.of("invalid.session-name", MAX_NAME));
        }
    }

    private static boolean isPrintable(int character) {
        return !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && Character.getType(character) != Character.FORMAT
                && Character.getType(character) != Character.LINE_SEPARATOR
                && Character.getType(character) != Character.PARAGRAPH_SEPARATOR;
    }
}
