package dev.socketlab.web.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.web.problem.ProblemWriter;
import dev.socketlab.web.problem.RefusedRequestException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class BodyFilterTests {
    private static final int MAX = 2 << 20;

    private final ProblemWriter writer = new ProblemWriter(new JsonMapper());
    private final BodyFilter filter = filter(Duration.ofSeconds(30));

    private BodyFilter filter(Duration bodyTimeout) {
        return new BodyFilter(
                new WebSettings(
                        List.of(),
                        DataSize.ofBytes(MAX),
                        Duration.ofSeconds(30),
                        bodyTimeout,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofMillis(500)),
                writer);
    }

    /** A body of which so much has come, a little at a time, and for which room is asked. */
    private static final class Trickle extends ServletInputStream {
        private final int end;
        private int come;
        private int mostRoomAhead;

        Trickle(int end) {
            this.end = end;
        }

        @Override
        public int read() {
            throw new AssertionError("a body is read in pieces");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            mostRoomAhead = Math.max(mostRoomAhead, bytes.length - Math.max(come, 4096));
            int count = Math.min(Math.min(length, 100), end - come);
            come += count;
            Arrays.fill(bytes, offset, offset + count, (byte) ' ');
            return count == 0 ? -1 : count;
        }

        @Override
        public boolean isFinished() {
            return come == end;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("nobody listens");
        }
    }

    private static MockHttpServletRequest request(int stated, Trickle body) {
        return new MockHttpServletRequest("POST", "/") {
            @Override
            public int getContentLength() {
                return stated;
            }

            @Override
            public long getContentLengthLong() {
                return stated;
            }

            @Override
            public ServletInputStream getInputStream() {
                return body;
            }
        };
    }

    private int taken;

    /** A route that asks for its body, and what is answered where it is refused. */
    private final FilterChain chain =
            (request, response) -> {
                try {
                    taken = request.getInputStream().readAllBytes().length;
                } catch (RefusedRequestException e) {
                    writer.write((HttpServletRequest) request, (HttpServletResponse) response, e);
                }
            };

    @Test
    void roomGrowsWithWhatHasComeWhateverTheHeadSays() throws Exception {
        Trickle body = new Trickle(100_000);
        filter.filter(request(MAX, body), new MockHttpServletResponse(), chain);
        assertThat(taken).isEqualTo(100_000);
        assertThat(body.mostRoomAhead).isLessThanOrEqualTo(100_000);

        Trickle nothing = new Trickle(0);
        filter.filter(request(MAX, nothing), new MockHttpServletResponse(), chain);
        assertThat(nothing.mostRoomAhead).isZero();
    }

    @Test
    void aBodyMayHaveAsManyBytesAsTheServiceTakes() throws Exception {
        MockHttpServletResponse whole = new MockHttpServletResponse();
        filter.filter(request(MAX, new Trickle(MAX)), whole, chain);
        assertThat(taken).isEqualTo(MAX);
        assertThat(whole.getStatus()).isEqualTo(200);

        MockHttpServletRequest chunked = request(-1, new Trickle(MAX + 1));
        chunked.addHeader("Transfer-Encoding", "chunked");
        MockHttpServletResponse refused = new MockHttpServletResponse();
        filter.filter(chunked, refused, chain);
        assertThat(refused.getStatus()).isEqualTo(413);
    }

    @Test
    void whatHasNoRouteIsReadAsFarAsABodyIsAndThenItsConnectionCloses() throws Exception {
        FilterChain nobody = (_, _) -> {};
        Trickle some = new Trickle(100_000);
        filter.filter(request(100_000, some), new MockHttpServletResponse(), nobody);
        assertThat(some.isFinished()).isTrue();

        Trickle more = new Trickle(MAX + 1_000_000);
        assertThatExceptionOfType(CloseNowException.class)
                .isThrownBy(() ->
                        filter.filter(request(MAX, more), new MockHttpServletResponse(), nobody));
        assertThat(more.come).isBetween(MAX, MAX + 2 * 8192);

        Trickle slow = new Trickle(MAX);
        assertThatExceptionOfType(CloseNowException.class)
                .isThrownBy(() ->
                        filter(Duration.ZERO)
                                .filter(request(MAX, slow), new MockHttpServletResponse(), nobody));
        assertThat(slow.come).isLessThan(MAX);
    }
}
