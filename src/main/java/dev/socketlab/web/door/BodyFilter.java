package dev.socketlab.web.door;

import dev.socketlab.web.problem.ProblemWriter;
import dev.socketlab.web.problem.RefusedRequestException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives each request a {@link BoundedBody}, which its route takes; and sees that one that had no
 * route holds its connection no longer. Refuses what no route could read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class BodyFilter extends DoorFilter {
    private final int maxBytes;
    private final Duration timeout;
    private final ProblemWriter writer;

    BodyFilter(WebSettings settings, ProblemWriter writer) {
        this.maxBytes = Math.toIntExact(settings.maxRequest().toBytes());
        this.timeout = settings.bodyTimeout();
        this.writer = writer;
    }

    @Override
    void filter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<RefusedRequestException> wrong = RequestForm.check(request);
        boolean hasBody = hasBody(request);
        if (wrong.isPresent()) {
            if (hasBody) {
                response.setHeader("Connection", "close");
            }
            writer.write(request, response, wrong.get());
            return;
        }
        if (!hasBody) {
            chain.doFilter(request, response);
            return;
        }
        BoundedBody body = new BoundedBody(request, response, maxBytes, timeout);
        chain.doFilter(body, response);
        if (body.isUnread() && !body.skip()) {
            response.getOutputStream().close();
            throw new CloseNowException("a body that nobody reads does not end");
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }
}
