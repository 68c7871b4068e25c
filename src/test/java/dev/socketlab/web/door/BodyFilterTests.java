package dev.socketlab.web.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.web.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class BodyFilterTests {
    private static final int MAX = 2 << 20;

    private final BodyFilter filter =
            new BodyFilter(
                    new WebSettings(
                            List.of(),
                            DataSize.ofBytes(MAX),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(30),
                            Duration.ofMinutes(5),
                            Duration.ofMillis(500)),
                    new ProblemWriter(new JsonMapper()));

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
            java.util.Arrays.fill(bytes, offset, offset + count, (byte) ' ');
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
    private final FilterChain chain =
            (request, _) -> taken = request.getInputStream().readAllBytes().length;

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
}
