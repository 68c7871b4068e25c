package dev.socketlab.web.door;

import dev.socketlab.web.problem.ProblemWriter;
import dev.socketlab.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Takes the whole body of a request before anything is done with it: not more than the service
 * takes (413), and not longer than it may take to arrive (408).
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
final class BodyFilter extends DoorFilter {
    /** Room for nearly every body that comes; a longer one gets more as it comes. */
    private static final int FIRST_ROOM = 4096;

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
        ProblemDetail wrong = RequestForm.check(request);
        if (wrong != null) {
            refuse(request, response, wrong);
            return;
        }
        if (!hasBody(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getContentLengthLong() > maxBytes) {
            refuse(request, response, tooLarge());
            return;
        }
        byte[] body;
        try {
            body = read(request);
        } catch (IOException e) {
            if (!isTimeout(e)) {
                throw e;
            }
            refuse(request, response, tooSlow());
            return;
        }
        if (body.length > maxBytes) {
            refuse(request, response, tooLarge());
        } else if (!RequestForm.isReadable(request, body)) {
            refuse(
                    request,
                    response,
                    Problems.malformed("body: this is not JSON in UTF-8 (RFC 8259)"));
        } else {
            chain.doFilter(new Buffered(request, body), response);
        }
    }

    /** The server tells of its own timeout by the cause of another exception. */
    private static boolean isTimeout(Throwable e) {
        return e instanceof SocketTimeoutException
                || (e.getCause() != null && isTimeout(e.getCause()));
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /**
     * Up to one byte more than is allowed. What the head says of its length is not believed before
     * it comes: a head costs its sender nothing.
     */
    private byte[] read(HttpServletRequest request) throws IOException {
        InputStream in = request.getInputStream();
        long deadline = System.nanoTime() + timeout.toNanos();
        int stated = request.getContentLength();
        byte[] body = new byte[stated < 0 ? FIRST_ROOM : Math.min(stated + 1, FIRST_ROOM)];
        int size = 0;
        while (true) {
            int count = in.read(body, size, Math.min(body.length, maxBytes + 1) - size);
            if (count > 0) {
                size += count;
            }
            if (count < 0 || size > maxBytes) {
                return Arrays.copyOf(body, size);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException();
            }
            if (size == body.length) {
                body = Arrays.copyOf(body, 2 * size);
            }
        }
    }

    /** What is left of the body will not be read, so the connection cannot be used again. */
    private void refuse(
            HttpServletRequest request, HttpServletResponse response, ProblemDetail problem)
            throws IOException {
        response.setHeader("Connection", "close");
        writer.write(request, response, problem);
    }

    private ProblemDetail tooLarge() {
        return Problems.of(
                HttpStatus.CONTENT_TOO_LARGE,
                "request/content-too-large",
                "Request too large",
                "The body of a request may have "
                        + maxBytes
                        + " bytes (socketlab.web.max-request).");
    }

    private ProblemDetail tooSlow() {
        return Problems.of(
                HttpStatus.REQUEST_TIMEOUT,
                "request/request-timeout",
                "Request too slow",
                "The body did not arrive within "
                        + timeout.toSeconds()
                        + " s (socketlab.web.body-timeout).");
    }

    /** A request whose body has arrived. */
    private static final class Buffered extends HttpServletRequestWrapper {
        private final byte[] body;

        Buffered(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new BufferedStream(body);
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(
                    new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class BufferedStream extends ServletInputStream {
        private final ByteArrayInputStream in;

        BufferedStream(byte[] body) {
            this.in = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return in.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read on the request's own thread");
        }
    }
}
