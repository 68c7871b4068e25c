package dev.socketlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.Await;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.syscall.Lab;
import dev.socketlab.syscall.Leaks;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who looks at a session keeps what it looks at, and nothing more. */
@Timeout(60)
@ExtendWith(Leaks.class)
class ObservationKernelTests {
    @Test
    void aLookIsNoUse() {
        try (Lab lab = Lab.real()) {
            Instant before = lab.session.expiresAt();
            try (Observation observation = lab.session.observe().orElseThrow()) {
                assertThat(observation.fds()).isEmpty();
            }
            assertThat(lab.session.expiresAt())
                    .isBetween(before.minusSeconds(1), before.plusMillis(100));
            lab.session.touch();
        }
    }

    @Test
    void aSessionThatIsLookedAtStillExpires() {
        SessionSettings settings =
                new SessionSettings(
                        Duration.ZERO, Duration.ofHours(1), 9, 9, 9, 9, 0, 9, 9, 9, 1, 1);
        try (Lab lab = new Lab(new LinuxKernel(), settings)) {
            lab.session.observe().orElseThrow().close();
            assertThat(lab.session.isExpired()).isTrue();
        }
    }

    @Test
    void aSocketIsClosedWhenNobodyLooksAtItAnyMore() throws Exception {
        try (Lab lab = Lab.real()) {
            int fd = lab.socket();
            Future<Result> closing;
            try (Observation observation = lab.session.observe().orElseThrow()) {
                OpenSocket socket = observation.socket(fd).orElseThrow();
                closing = lab.start(new Call.Close(fd));
                Await.until(() -> lab.session.openFds().isEmpty());
                assertThat(observation.socket(fd)).isEmpty();
                assertThat(closing.isDone()).isFalse();
                socket.close();
            }
            assertThat(closing.get(30, TimeUnit.SECONDS)).isEqualTo(new Result.Returned(0));
        }
    }

    @Test
    void anEndedSessionCannotBeLookedAt() {
        try (Lab lab = Lab.real()) {
            Observation observation = lab.session.observe().orElseThrow();
            lab.registry.end(lab.session);
            assertThat(lab.session.observe()).isEmpty();
            assertThat(observation.fds()).isEmpty();
            observation.close();
            observation.close();
        }
    }

    @Test
    void whatWaitsIsListedOnEachDescriptorOfTheSocket() throws Exception {
        try (Lab lab = Lab.real()) {
            int listener = lab.listener();
            int same = Lab.fd(lab.make(new Call.Fcntl(listener, 0, 0)));
            Future<Result> accepting = lab.start(new Call.Accept(listener, 0));
            lab.awaitWaiting(1);
            try (Observation observation = lab.session.observe().orElseThrow()) {
                for (int fd : new int[] {listener, same}) {
                    try (OpenSocket socket = observation.socket(fd).orElseThrow()) {
                        Await.until(() -> !socket.waiting().isEmpty());
                        assertThat(socket.waiting().getFirst().call()).isEqualTo("accept");
                    }
                }
            }
            lab.make(new Call.Close(listener));
            accepting.get(30, TimeUnit.SECONDS);
            try (Observation observation = lab.session.observe().orElseThrow();
                    OpenSocket socket = observation.socket(same).orElseThrow()) {
                assertThat(socket.waiting()).isEmpty();
            }
        }
    }
}
