package dev.socketlab.place;

import static dev.socketlab.linux.ScriptedKernel.failure;
import static dev.socketlab.linux.ScriptedKernel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.socketlab.Await;
import dev.socketlab.abi.Errno;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.readiness.ReadinessLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lab threads on a scripted kernel: which calls they make, in which order, and what ends them. */
@Timeout(30)
class LabThreadsTests {
    private static final int REST = 50;
    private static final int HOST = 60;

    private final ScriptedKernel kernel =
            new ScriptedKernel()
                    .answers("eventfd", success(100), success(101))
                    .answers("open", success(REST));
    private final ReadinessLoop loop = new ReadinessLoop(kernel);
    private final LabThreads threads = new LabThreads(kernel, loop, 1, this::prepare);

    private void prepare(Kernel inItsPlace) {
        inItsPlace.open("/proc/sys/net/prepared", 0).orThrow("open");
    }

    @AfterEach
    void close() {
        threads.close();
        loop.close();
    }

    private List<String> namespaceCalls() {
        return kernel.calls().stream()
                .filter(call -> call.matches("(unshare|setns|open).*"))
                .toList();
    }

    @Test
    void aThreadLeavesTheServicesNamespaceFirstAndRestsInItsOwn() {
        AtomicReference<Thread> where = new AtomicReference<>();

        threads.startIn(HOST, () -> set(where)).await();
        threads.startIn(HOST, () -> true).await();
        threads.startInNew(() -> true).await();

        assertThat(where.get().getName()).isEqualTo("lab-0");
        assertThat(where.get().isVirtual()).isFalse();
        String unshare = "unshare(" + 0x40000000 + ")";
        Await.until(() -> namespaceCalls().size() == 9);
        assertThat(namespaceCalls())
                .containsExactly(
                        unshare,
                        "open(0)",
                        "open(0)",
                        "setns(60)",
                        "setns(50)",
                        "setns(60)",
                        "setns(50)",
                        unshare,
                        "setns(50)");
    }

    @Test
    void aThreadThatCannotEnterANamespaceEndsAndAnotherTakesItsPlace() {
        kernel.answers("setns", failure(Errno.EPERM)).answers("open", success(52), success(51));

        LabTask<Boolean> refused = threads.startIn(HOST, () -> true);

        assertThatExceptionOfType(SyscallException.class)
                .isThrownBy(refused::await)
                .withMessageContaining("setns: EPERM");
        assertThat(threads.startIn(HOST, () -> Thread.currentThread().getName()).await())
                .isEqualTo("lab-1");
        Await.until(() -> kernel.calls().contains("close(50)"));
        assertThat(kernel.calls()).doesNotContain("close(51)");
    }

    @Test
    void aNamespaceThatTheKernelDoesNotGiveEndsNoThread() {
        kernel.answers("unshare", success(0), failure(Errno.ENOSPC));

        assertThatExceptionOfType(SyscallException.class)
                .isThrownBy(threads.startInNew(() -> true)::await)
                .withMessageContaining("unshare: ENOSPC");
        assertThat(threads.startIn(HOST, () -> Thread.currentThread().getName()).await())
                .isEqualTo("lab-0");
    }

    @Test
    void aThreadThatCannotComeBackKeepsItsAnswerAndEnds() {
        kernel.answers("setns", success(0), failure(Errno.EINVAL));

        assertThat(threads.startIn(HOST, () -> "made").await()).isEqualTo("made");
        assertThat(threads.startIn(HOST, () -> Thread.currentThread().getName()).await())
                .isEqualTo("lab-1");
    }

    @Test
    void aStrayThreadEndsAndAFailedTaskDoesNotEndOne() {
        assertThatIllegalStateException()
                .isThrownBy(threads.startIn(HOST, LabThreadsTests::fail)::await)
                .withMessage("the task's own");
        assertThat(threads.startIn(HOST, () -> Thread.currentThread().getName()).await())
                .isEqualTo("lab-0");
        assertThatExceptionOfType(StrayException.class)
                .isThrownBy(threads.startIn(HOST, LabThreadsTests::stray)::await);
        assertThat(threads.startIn(HOST, () -> Thread.currentThread().getName()).await())
                .isEqualTo("lab-1");
    }

    @Test
    void noNamespaceAtAllIsSaidToEachWhoAsks() {
        ScriptedKernel refusing =
                new ScriptedKernel()
                        .answers("eventfd", success(100), success(101))
                        .answers("unshare", failure(Errno.EPERM), failure(Errno.EPERM));
        try (ReadinessLoop own = new ReadinessLoop(refusing);
                LabThreads none = new LabThreads(refusing, own, 1, this::prepare)) {
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(SyscallException.class)
                        .isThrownBy(none.startInNew(() -> true)::await)
                        .satisfies(e -> assertThat(e.syscall()).isEqualTo("unshare"));
            }
        }
        assertThat(refusing.calls()).noneMatch(call -> call.startsWith("setns"));
    }

    @Test
    void whereTheSystemGivesNoThreadTheTaskFailsAndALaterOneDoesNot() {
        AtomicInteger starts = new AtomicInteger();
        ThreadFactory failing =
                body ->
                        new Thread(body, "lab-late") {
                            @Override
                            public void start() {
                                if (starts.incrementAndGet() <= 2) {
                                    throw new OutOfMemoryError("unable to create native thread");
                                }
                                super.start();
                            }
                        };
        ScriptedKernel other = new ScriptedKernel().answers("eventfd", success(100), success(101));
        try (ReadinessLoop own = new ReadinessLoop(other);
                LabThreads late =
                        new LabThreads(other, own, Ground.NAMESPACES, 1, failing, this::prepare)) {
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(SyscallException.class)
                        .isThrownBy(late.startInNew(() -> true)::await)
                        .withMessageContaining("EAGAIN");
                assertThat(late.alive()).isZero();
            }
            assertThat(late.startInNew(() -> true).await()).isTrue();
        }
    }

    @Test
    void whatWasAskedBeforeTheEndIsStillDone() {
        List<LabTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            tasks.add(threads.startIn(HOST, () -> number));
        }
        threads.close();

        Await.until(() -> threads.alive() == 0);
        assertThat(tasks).extracting(LabTask::isDone).doesNotContain(false);
        assertThatIllegalStateException().isThrownBy(() -> threads.startIn(HOST, () -> true));
    }

    @Test
    void anInterruptedCallerStillGetsWhatWasMade() {
        Thread.currentThread().interrupt();
        assertThat(threads.startIn(HOST, () -> "fd").await()).isEqualTo("fd");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static boolean set(AtomicReference<Thread> where) {
        where.set(Thread.currentThread());
        return true;
    }

    private static boolean fail() {
        throw new IllegalStateException("the task's own");
    }

    private static boolean stray() {
        throw new StrayException("elsewhere");
    }
}
