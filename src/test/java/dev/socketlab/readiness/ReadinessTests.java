package dev.socketlab.readiness;

import static dev.socketlab.abi.EpollEvent.EPOLLHUP;
import static dev.socketlab.abi.EpollEvent.EPOLLIN;
import static dev.socketlab.abi.EpollEvent.EPOLLOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.abi.Errno;
import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.linux.SyscallException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop and its waiters on a scripted epoll. */
@Timeout(30)
class ReadinessTests {
    private static final long FAR = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

    private final ScriptedKernel kernel = new ScriptedKernel();
    private final ReadinessLoop loop = new ReadinessLoop(kernel);
    private final Readiness readiness = loop.of(7);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void readinessBetweenTheTryAndTheWaitIsNotMissed() {
        try (Waiter waiter = readiness.enqueue(EPOLLIN)) {
            kernel.report(7, EPOLLIN);
            assertThat(waiter.await(FAR)).isEqualTo(new Wake.Ready(EPOLLIN));
        }
    }

    @Test
    void anEventThatAWaiterDoesNotWaitForDoesNotWakeIt() {
        try (Waiter reader = readiness.enqueue(EPOLLIN);
                Waiter writer = readiness.enqueue(EPOLLOUT)) {
            kernel.report(7, EPOLLOUT);
            assertThat(writer.await(FAR)).isEqualTo(new Wake.Ready(EPOLLOUT));
            assertThat(reader.await(System.nanoTime())).isEqualTo(new Wake.TimedOut());
        }
    }

    @Test
    void anErrorOrHangUpWakesEveryone() {
        try (Waiter reader = readiness.enqueue(EPOLLIN);
                Waiter writer = readiness.enqueue(EPOLLOUT)) {
            kernel.report(7, EPOLLHUP);
            assertThat(reader.await(FAR)).isEqualTo(new Wake.Ready(EPOLLHUP));
            assertThat(writer.await(FAR)).isEqualTo(new Wake.Ready(EPOLLHUP));
        }
    }

    @Test
    void aWakeIsTakenOnceAndTheNextAwaitWaitsAnew() {
        try (Waiter waiter = readiness.enqueue(EPOLLIN)) {
            kernel.report(7, EPOLLIN);
            assertThat(waiter.await(FAR)).isEqualTo(new Wake.Ready(EPOLLIN));
            assertThat(waiter.await(System.nanoTime())).isEqualTo(new Wake.TimedOut());
            kernel.report(7, EPOLLIN);
            assertThat(waiter.await(FAR)).isEqualTo(new Wake.Ready(EPOLLIN));
        }
    }

    @Test
    void theFdIsInEpollOnlyWhileSomebodyWaits() {
        try (Waiter _ = readiness.enqueue(EPOLLIN)) {
            assertThat(loop.registered()).isEqualTo(1);
            readiness.enqueue(EPOLLOUT).close();
            assertThat(loop.registered()).isEqualTo(1);
            assertThat(readiness.waiting()).isEqualTo(1);
        }
        assertThat(loop.registered()).isZero();
        assertThat(loop.waiting()).isZero();
        assertThat(kernel.calls())
                .containsSubsequence("epoll_ctl ADD(7)", "epoll_ctl MOD(7)", "epoll_ctl DEL(7)");
    }

    @Test
    void anEventForAnEarlierRegistrationOfTheSameNumberFindsNobody() {
        readiness.enqueue(EPOLLIN).close();
        long stale = kernel.token(7);
        try (Waiter waiter = loop.of(7).enqueue(EPOLLIN)) {
            kernel.report(EPOLLIN, stale);
            kernel.report(7, EPOLLIN);
            assertThat(waiter.await(FAR)).isEqualTo(new Wake.Ready(EPOLLIN));
            assertThat(kernel.token(7)).isNotEqualTo(stale);
        }
    }

    @Test
    void closingEndsTheWaitsThatAreAndThoseThatCome() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Wake> wake =
                    executor.submit(() -> {
                        try (Waiter waiter = readiness.enqueue(EPOLLIN)) {
                            waiting.countDown();
                            return waiter.await(FAR);
                        }
                    });
            waiting.await();
            readiness.close();
            assertThat(wake.get()).isEqualTo(new Wake.Closed());
        }
        try (Waiter late = readiness.enqueue(EPOLLIN)) {
            assertThat(late.await(FAR)).isEqualTo(new Wake.Closed());
        }
        assertThat(loop.registered()).isZero();
    }

    @Test
    void interruptingTheLoopEndsTheWaitsThatAreAndThoseThatCome() {
        try (Waiter waiter = readiness.enqueue(EPOLLIN)) {
            loop.interruptAll("stopping");
            assertThat(waiter.await(FAR)).isEqualTo(new Wake.Interrupted("stopping"));
        }
        try (Waiter late = readiness.enqueue(EPOLLIN)) {
            assertThat(late.await(FAR)).isEqualTo(new Wake.Interrupted("stopping"));
        }
    }

    @Test
    void anInterruptedThreadEndsItsWait() {
        try (Waiter waiter = readiness.enqueue(EPOLLIN)) {
            Thread.currentThread().interrupt();
            assertThat(waiter.await(FAR)).isInstanceOf(Wake.Interrupted.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void whenTheKernelTakesNoFurtherFdNothingIsLeftBehind() {
        kernel.answers("epoll_ctl ADD", ScriptedKernel.failure(new Errno(28)));
        assertThatExceptionOfType(SyscallException.class)
                .isThrownBy(() -> readiness.enqueue(EPOLLIN))
                .withMessage("epoll_ctl: ENOSPC (No space left on device)");
        assertThat(loop.registered()).isZero();
        assertThat(readiness.waiting()).isZero();
    }

    @Test
    void aClosedLoopHasNoThreadAndEndsWaits() {
        try (Waiter waiter = readiness.enqueue(EPOLLIN)) {
            loop.close();
            assertThat(loop.isAlive()).isFalse();
            assertThat(waiter.await(FAR)).isInstanceOf(Wake.Interrupted.class);
        }
    }
}
