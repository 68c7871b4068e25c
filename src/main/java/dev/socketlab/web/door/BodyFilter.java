package dev.socketlab.web.door;

import dev.socketlab.web.problem.ProblemWriter;
import dev.socketlab.web.problem.RefusedRequestException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.apache.coyote.CloseNowException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives each request a {@link BoundedBody}, which its route takes or not; and sees that what nobody
 * took holds its connection no longer than what is taken. Refuses what no route could read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class BodyFilter extends DoorFilter {
    private static final int DISCARDED_AT_A_TIME = 8192;

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
        if (!hasBody(request)) {
            if (wrong.isPresent()) {
                writer.write(request, response, wrong.get());
            } else {
                chain.doFilter(request, response);
            }
            return;
        }
        BoundedBody body = new BoundedBody(request, response, maxBytes, timeout);
        if (wrong.isPresent()) {
            response.setHeader("Connection", "close");
            writer.write(request, response, wrong.get());
        } else {
            chain.doFilter(body, response);
        }
        if (body.isUnread()) {
            response.flushBuffer(); // the answer goes out before the rest is waited for
            discard(request);
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /**
     * Reads what is left of a body, as much and as long as one is read that is asked for: a client
     * that still sends would else see its connection reset before it sees the answer.
     */
    private void discard(HttpServletRequest request) throws CloseNowException {
        try {
            InputStream in = request.getInputStream();
            byte[] some = new byte[DISCARDED_AT_A_TIME];
            long deadline = System.nanoTime() + timeout.toNanos();
            for (long left = maxBytes; left > 0 && System.nanoTime() - deadline < 0; ) {
                int count = in.read(some);
                if (count < 0) {
                    return;
                }
                left -= count;
            }
        } catch (IOException e) {
            throw new CloseNowException("a body that nobody reads stopped", e);
        }
        throw new CloseNowException("a body that nobody reads does not end");
    }
}
