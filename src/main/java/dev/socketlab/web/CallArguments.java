package dev.socketlab.web;

import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionRegistry;
import dev.socketlab.web.door.WebSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers the session that the path names, and the caller with the wait parameter. */
@Component
class CallArguments implements WebMvcConfigurer {
    private static final Pattern WAIT = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ms|s|m)");

    private final SessionRegistry registry;
    private final HttpClients clients;
    private final WebSettings settings;

    CallArguments(SessionRegistry registry, HttpClients clients, WebSettings settings) {
        this.registry = registry;
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(
                new RequestResolver(Session.class) {
                    @Override
                    Object resolve(HttpServletRequest request, Map<?, ?> path) {
                        Session session = registry.get(String.valueOf(path.get("sid")));
                        session.touch();
                        return session;
                    }
                });
        resolvers.add(
                new RequestResolver(Caller.class) {
                    @Override
                    Object resolve(HttpServletRequest request, Map<?, ?> path) {
                        return new Caller(patience(request), clients.of(request));
                    }
                });
    }

    private Duration patience(HttpServletRequest request) {
        String text = request.getParameter("wait");
        return text == null ? settings.defaultWait() : parse(text, settings.maxWait());
    }

    /** Reads {@code 10s}, {@code 250ms}, {@code 1.5m}, {@code 0s}. */
    static Duration parse(String text, Duration max) {
        Matcher matcher = WAIT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidRequestException("wait", Reason.of("expected.wait"));
        }
        long unit =
                switch (matcher.group(2)) {
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    default -> 60_000_000_000L;
                };
        BigDecimal nanos = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (nanos.compareTo(BigDecimal.valueOf(max.toNanos())) > 0) {
            throw new InvalidRequestException("wait", Reason.of("invalid.wait", max.toSeconds()));
        }
        return Duration.ofNanos(nanos.longValue());
    }
}
