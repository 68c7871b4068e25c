package dev.socketlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.network.Host;
import dev.socketlab.network.MachineHost;
import dev.socketlab.readiness.ReadinessLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DescriptorTests {
    private static final Kernel KERNEL = new ScriptedKernel();
    private static final Host HOST = new MachineHost(KERNEL, new SockDiag(KERNEL));

    private final ReadinessLoop loop = new ReadinessLoop(new ScriptedKernel());
    private final AtomicInteger closed = new AtomicInteger();
    private final Descriptor descriptor =
            new Descriptor(
                    7,
                    new OpenFileDescription(HOST, false),
                    loop.of(7),
                    false,
                    () -> {
                        closed.incrementAndGet();
                        return Optional.empty();
                    });

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void closingWithoutALeaseClosesAtOnceAndOnce() {
        assertThat(descriptor.beginClose()).isTrue();
        assertThat(closed).hasValue(1);
        assertThat(descriptor.beginClose()).isFalse();
        assertThat(closed).hasValue(1);
        descriptor.awaitClosed();
    }

    @Test
    void closingWithALeaseClosesWhenItComesBack() {
        Descriptor.Lease first = descriptor.lease().orElseThrow();
        Descriptor.Lease second = descriptor.lease().orElseThrow();
        assertThat(descriptor.beginClose()).isTrue();
        assertThat(closed).hasValue(0);
        first.close();
        assertThat(closed).hasValue(0);
        second.close();
        assertThat(closed).hasValue(1);
        descriptor.awaitClosed();
    }

    @Test
    void aLeaseGivenBackTwiceCountsOnce() {
        Descriptor.Lease first = descriptor.lease().orElseThrow();
        Descriptor.Lease second = descriptor.lease().orElseThrow();
        descriptor.beginClose();
        first.close();
        first.close();
        assertThat(closed).hasValue(0);
        second.close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void noLeaseIsGivenOnceItIsClosingAndNoneIsCounted() {
        Descriptor.Lease held = descriptor.lease().orElseThrow();
        descriptor.beginClose();
        assertThat(descriptor.lease()).isEmpty();
        held.close();
        assertThat(closed).hasValue(1);
        assertThat(descriptor.lease()).isEmpty();
    }

    @RepeatedTest(20)
    void manyThreadsLeasingAndClosingCloseOnce() throws Exception {
        List<Future<?>> futures = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                boolean closes = i % 50 == 49;
                futures.add(
                        executor.submit(() -> {
                            if (closes) {
                                descriptor.beginClose();
                                descriptor.awaitClosed();
                            } else {
                                descriptor
                                        .lease()
                                        .ifPresent(lease -> {
                                            assertThat(closed).hasValue(0);
                                            Thread.yield();
                                            assertThat(closed).hasValue(0);
                                            lease.close();
                                        });
                            }
                        }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void theTableGivesTheLowestFreeNumberFromThree() {
        FdTable table = new FdTable(3);
        assertThat(table.reserve(0)).hasValue(3);
        assertThat(table.reserve(0)).hasValue(4);
        table.install(3, descriptor);
        table.install(4, descriptor);
        assertThat(table.remove(3)).hasValue(descriptor);
        assertThat(table.remove(3)).isEmpty();
        assertThat(table.reserve(0)).hasValue(3);
        assertThat(table.reserve(5)).hasValue(5);
        assertThat(table.reserve(0)).isEmpty();
        table.unreserve(5);
        assertThat(table.reserve(0)).hasValue(5);
        assertThat(table.numbers()).containsExactly(4);
        assertThat(table.limit()).isEqualTo(6);
    }
}
