package dev.socketlab.web.door;

import dev.socketlab.policy.PolicyException;
import dev.socketlab.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Refuses what a page of another site sends, before anything is done. A browser tells by
 * Sec-Fetch-Site (Fetch Metadata), an older one by Origin (RFC 6454); a program sends neither.
 * There is no CORS.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
public final class SameOriginFilter extends DoorFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> SAME_SITE = Set.of("same-origin", "none");

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
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            if (!SAME_SITE.contains(site)) {
                throw refusal("Sec-Fetch-Site", printable(site));
            }
            return;
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !isOwn(origin, request.getHeader("Host"))) {
            throw refusal("Origin", printable(origin));
        }
    }

    private static PolicyException refusal(String header, String value) {
        return new PolicyException(
                PolicyException.Rule.CROSS_SITE,
                "A page of another site sent this request ("
                        + header
                        + ": "
                        + value
                        + "). This service answers its own pages and programs only.");
    }

    private static boolean isOwn(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String own = String.valueOf(host).toLowerCase(Locale.ROOT);
        return lower.equals("http://" + own) || lower.equals("https://" + own);
    }

    private static String printable(String value) {
        String shown = value.length() > 128 ? value.substring(0, 128) + "…" : value;
        return shown.replaceAll("[^ -~…]", "?");
    }
}
