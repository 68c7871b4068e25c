package dev.socketlab.web.door;

import dev.socketlab.policy.PolicyException;
import dev.socketlab.policy.SitePolicy;
import dev.socketlab.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Refuses what a page of another site sends, before anything is done. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
public final class SameOriginFilter extends DoorFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final ProblemWriter writer;

    SameOriginFilter(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isReading(request)) {
            try {
                check(request);
            } catch (PolicyException e) {
                writer.write(request, response, e);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Reading is harmless; an event stream or a WebSocket is a GET that is not. */
    private static boolean isReading(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return READING.contains(request.getMethod())
                && request.getHeader("Upgrade") == null
                && (accept == null || !accept.contains("text/event-stream"));
    }

    /**
     * Lets a request pass that comes from a page of this service, or from none.
     *
     * @throws PolicyException for another
     */
    public static void check(HttpServletRequest request) {
        SitePolicy.judge(
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Origin"),
                request.getHeader("Host"));
    }
}
