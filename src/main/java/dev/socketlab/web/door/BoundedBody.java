package dev.socketlab.web.door;

import dev.socketlab.refusal.Reason;
import dev.socketlab.web.problem.ProblemType;
import dev.socketlab.web.problem.RefusedRequestException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * A request whose body is taken when its route asks for it: whole, not more of it than the service
 * takes (413), and not longer than it may take to arrive (408). A route that takes a stream of any
 * length asks the request within for it instead.
 */
public final class BoundedBody extends HttpServletRequestWrapper {
    /** Room for nearly every body that comes; a longer one gets more as it comes. */
    private static final int FIRST_ROOM = 4096;

    private final HttpServletResponse response;
    private final int maxBytes;
    private final Duration timeout;
    private byte @Nullable [] taken;
    private boolean refused;

    BoundedBody(
            HttpServletRequest request,
            HttpServletResponse response,
            int maxBytes,
            Duration timeout) {
        super(request);
        this.response = response;
        this.maxBytes = maxBytes;
        this.timeout = timeout;
    }

    /** The body of a request, as {@link #take}; empty where it has none. */
    public static byte[] of(HttpServletRequest request) throws IOException {
        BoundedBody body = WebUtils.getNativeRequest(request, BoundedBody.class);
        return body == null ? new byte[0] : body.take();
    }

    /**
     * The whole body.
     *
     * @throws RefusedRequestException when it is too large, too slow or broken, or says it is JSON
     *     and is not in UTF-8; the connection is then closed after the answer
     */
    byte[] take() throws IOException {
        if (taken == null) {
            taken = read();
        }
        return taken;
    }

    private byte[] read() throws IOException {
        if (getContentLengthLong() > maxBytes) {
            throw tooLarge();
        }
        byte[] body;
        try {
            body = readInto(getRequest().getInputStream());
        } catch (IOException e) {
            throw isTimeout(e) ? tooSlow() : broken();
        }
        if (body.length > maxBytes) {
            throw tooLarge();
        }
        if (!RequestForm.isReadable(this, body)) {
            throw refusal(ProblemType.MALFORMED, Reason.of("http.not-json"));
        }
        return body;
    }

    /**
     * Up to one byte more than is allowed. What the head says of its length is not believed before
     * it comes: a head costs its sender nothing.
     */
    private byte[] readInto(InputStream in) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        int stated = getContentLength();
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

    /** The server tells of its own timeout by the cause of another exception. */
    private static boolean isTimeout(Throwable e) {
        return e instanceof SocketTimeoutException
                || (e.getCause() != null && isTimeout(e.getCause()));
    }

    private RefusedRequestException tooLarge() {
        return refusal(ProblemType.CONTENT_TOO_LARGE, Reason.of("http.too-large", maxBytes));
    }

    private RefusedRequestException tooSlow() {
        return refusal(
                ProblemType.REQUEST_TIMEOUT, Reason.of("http.too-slow", timeout.toSeconds()));
    }

    private RefusedRequestException broken() {
        return refusal(ProblemType.MALFORMED, Reason.of("http.broken-body"));
    }

    /** What is left of the body will not be read, so the connection cannot be used again. */
    private RefusedRequestException refusal(ProblemType type, Reason reason) {
        refused = true;
        response.setHeader("Connection", "close");
        return new RefusedRequestException(type, reason);
    }

    /**
     * Whether nobody has asked for it. Of one that says it is longer than any may be, the rest is
     * the server's matter, as it is of one that was refused.
     */
    boolean isUnread() {
        return taken == null && !refused && getContentLengthLong() <= maxBytes;
    }

    /**
     * Reads away one that had no route, within the same bounds: its client may send it all before
     * it looks for an answer. False where it does not end there.
     */
    boolean skip() {
        try {
            return readInto(getRequest().getInputStream()).length <= maxBytes;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new TakenStream(take());
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
}
