package dev.socketlab.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests for a name that is not the service's (421): a page whose name was made to
 * resolve to this machine (DNS rebinding) has its own name in the Host header. Before everything
 * else.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
final class HostFilter extends OncePerRequestFilter {
    private final Set<String> allowed;
    private final ProblemWriter writer;

    HostFilter(WebSettings settings, ProblemWriter writer) {
        this.allowed =
                settings.allowedHosts().stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
        this.writer = writer;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (isAllowed(request.getHeader("Host"))) {
            chain.doFilter(request, response);
            return;
        }
        writer.write(
                request,
                response,
                Problems.of(
                        HttpStatus.MISDIRECTED_REQUEST,
                        "request/misdirected-request",
                        "Misdirected request",
                        "The Host of this request is not a name of this service. It answers to"
                                + " localhost and loopback addresses, and to the names in"
                                + " socketlab.web.allowed-hosts."));
    }

    boolean isAllowed(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String name = header.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
        return name.equals("localhost") || allowed.contains(name) || isLoopback(name);
    }

    private static boolean isLoopback(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        if (!bracketed && !name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}")) {
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
