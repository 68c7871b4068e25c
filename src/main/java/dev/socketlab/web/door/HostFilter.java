package dev.socketlab.web.door;

import dev.socketlab.refusal.Reason;
import dev.socketlab.web.problem.ProblemType;
import dev.socketlab.web.problem.ProblemWriter;
import dev.socketlab.web.problem.RefusedRequestException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Refuses requests for a name that is not the service's (421): a page whose name was made to
 * resolve to this machine (DNS rebinding) has its own name in the Host header. Before everything
 * else.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class HostFilter extends DoorFilter {
    private static final Pattern LOOPBACK =
            Pattern.compile("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    private final Set<String> allowed;
    private final ProblemWriter writer;

    /** Most requests have the same Host as the one before; "" is none. */
    private volatile String lastAllowed = "";

    HostFilter(WebSettings settings, ProblemWriter writer) {
        this.allowed =
                settings.allowedHosts().stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        this.writer = writer;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        String host = request.getHeader("Host");
        if (lastAllowed.equals(host)) {
            chain.doFilter(request, response);
            return;
        }
        if (isAllowed(host)) {
            lastAllowed = host;
            chain.doFilter(request, response);
            return;
        }
        writer.write(
                request,
                response,
                new RefusedRequestException(
                        ProblemType.of(HttpStatus.MISDIRECTED_REQUEST), Reason.of("http.host")));
    }

    boolean isAllowed(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String name = withoutPort(header).toLowerCase(Locale.ROOT);
        return name.equals("localhost") || allowed.contains(name) || isLoopback(name);
    }

    private static String withoutPort(String host) {
        int end = host.length();
        while (end > 0
                && Character.digit(host.charAt(end - 1), 10) >= 0
                && host.charAt(end - 1) < 128) {
            end--;
        }
        return end > 0 && host.charAt(end - 1) == ':' ? host.substring(0, end - 1) : host;
    }

    private static boolean isLoopback(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        if (!bracketed && !LOOPBACK.matcher(name).matches()) {
            return false;
        }
        try {
            String literal = bracketed ? name.substring(1, name.length() - 1) : name;
            return InetAddress.ofLiteral(literal).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
