package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_WAITALL;
import static dev.socketlab.syscall.Lab.bytes;
import static dev.socketlab.syscall.Lab.fd;
import static dev.socketlab.syscall.Lab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.Await;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.Session;
import dev.socketlab.session.SessionSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Blocking on real sockets: who is woken, by what, and who gets the bytes. */
@ExtendWith(Leaks.class)
@Timeout(60)
class BlockingKernelTests {
    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void recvWaitsForBytesWithoutAThread() throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> recv = lab.start(new Call.Recv(pair.server(), 64, 0));
        lab.awaitWaiting(1);
        lab.make(new Call.Send(pair.client(), bytes("wake"), 0));
        assertThat(text(recv.get())).isEqualTo("wake");
        assertThat(lab.loop.registered()).isZero();
    }

    @Test
    void theWaitEndsWithEintrAndTheCallCanBeMadeAgain() {
        Lab.Pair pair = lab.pair();
        Call recv = new Call.Recv(pair.server(), 64, 0);
        assertThat(lab.make(recv, Duration.ofMillis(20)))
                .isEqualTo(new Result.Failure(Errno.EINTR, "the wait is over"));
        assertThat(lab.make(recv, Duration.ZERO))
                .isEqualTo(new Result.Failure(Errno.EINTR, "the wait is over"));
        lab.make(new Call.Send(pair.client(), bytes("x"), 0));
        assertThat(text(lab.make(recv))).isEqualTo("x");
    }

    @Test
    void theSocketsTimeoutEndsItWithEagain() {
        Lab.Pair pair = lab.pair();
        lab.set(pair.server(), SolSocket.SO_RCVTIMEO, OptionValue.timeval(0, 20_000));
        assertThat(lab.make(new Call.Recv(pair.server(), 64, 0)))
                .isEqualTo(new Result.Failure(Errno.EAGAIN, "the socket's timeout is over"));
    }

    @Test
    void closingEndsRecvAndAcceptWithEbadf() throws Exception {
        Lab.Pair pair = lab.pair();
        int listener = lab.listener();
        Future<Result> recv = lab.start(new Call.Recv(pair.server(), 64, 0));
        Future<Result> accept = lab.start(new Call.Accept(listener, 0));
        lab.awaitWaiting(2);
        assertThat(lab.make(new Call.Close(pair.server()))).isEqualTo(new Result.Returned(0));
        assertThat(lab.make(new Call.Close(listener))).isEqualTo(new Result.Returned(0));
        Result ebadf = new Result.Failure(Errno.EBADF, "closed while the call waited");
        assertThat(recv.get()).isEqualTo(ebadf);
        assertThat(accept.get()).isEqualTo(ebadf);
        assertThat(lab.make(new Call.Close(listener))).isEqualTo(new Result.Failure(Errno.EBADF));
        assertThat(lab.loop.registered()).isZero();
    }

    @Test
    void aNumberUsedAgainIsAnotherSocket() throws Exception {
        Lab.Pair first = lab.pair();
        Future<Result> recv = lab.start(new Call.Recv(first.server(), 64, 0));
        lab.awaitWaiting(1);
        lab.make(new Call.Close(first.server()));
        int fresh = lab.socket();
        assertThat(fresh).isLessThanOrEqualTo(first.server());
        assertThat(recv.get()).isInstanceOf(Result.Failure.class);
        assertThat(lab.make(new Call.Getpeername(fresh)))
                .isEqualTo(new Result.Failure(new Errno(107)));
    }

    @Test
    void twoAcceptsGetAConnectionEachAndTheNumbersTheyTookFirst() throws Exception {
        int listener = lab.listener();
        Future<Result> one = lab.start(new Call.Accept(listener, 0));
        Future<Result> two = lab.start(new Call.Accept(listener, 0));
        lab.awaitWaiting(2);
        int a = lab.socket();
        int b = lab.socket();
        assertThat(List.of(a, b)).containsExactly(6, 7);
        lab.make(new Call.Connect(a, lab.name(listener)));
        lab.make(new Call.Connect(b, lab.name(listener)));
        assertThat(List.of(fd(one.get()), fd(two.get()))).containsExactlyInAnyOrder(4, 5);
    }

    @Test
    void everyByteGoesToExactlyOneOfManyReceivers() throws Exception {
        Lab.Pair pair = lab.pair();
        int receivers = 50;
        List<Future<Result>> results = new ArrayList<>();
        for (int i = 0; i < receivers; i++) {
            results.add(lab.start(new Call.Recv(pair.server(), 1, 0)));
        }
        lab.awaitWaiting(receivers);
        byte[] sent = new byte[receivers];
        for (int i = 0; i < receivers; i++) {
            sent[i] = (byte) i;
        }
        lab.make(new Call.Send(pair.client(), sent, 0));
        Set<Byte> received = new HashSet<>();
        for (Future<Result> result : results) {
            received.add(((Result.Received) result.get()).bytes()[0]);
        }
        assertThat(received).hasSize(receivers);
    }

    @Test
    void sendGoesOnBesideARecvThatWaitsOnTheSameFd() throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> recv = lab.start(new Call.Recv(pair.client(), 64, 0));
        lab.awaitWaiting(1);
        assertThat(lab.make(new Call.Send(pair.client(), bytes("out"), 0)))
                .isEqualTo(new Result.Returned(3));
        assertThat(text(lab.make(new Call.Recv(pair.server(), 64, 0)))).isEqualTo("out");
        lab.make(new Call.Send(pair.server(), bytes("in"), 0));
        assertThat(text(recv.get())).isEqualTo("in");
    }

    @Test
    void aBlockingSendReturnsWhenAllOfItIsInTheKernel() throws Exception {
        Lab.Pair pair = lab.pair();
        byte[] large = new byte[16 << 20];
        Future<Result> send = lab.start(new Call.Send(pair.client(), large, 0));
        lab.awaitWaiting(1);
        long received = 0;
        while (received < large.length) {
            received +=
                    ((Result.Received) lab.make(new Call.Recv(pair.server(), 1 << 20, 0)))
                            .returned();
        }
        assertThat(send.get()).isEqualTo(new Result.Returned(large.length));
    }

    @Test
    void aSendWhoseWaitEndsHalfWayReturnsThePartThatIsSent() {
        Lab.Pair pair = lab.pair();
        Result result =
                lab.make(
                        new Call.Send(pair.client(), new byte[16 << 20], 0),
                        Duration.ofMillis(100));
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Returned.class,
                        returned -> assertThat(returned.value()).isBetween(1, (16 << 20) - 1));
        Call more = new Call.Send(pair.client(), new byte[4096], MSG_DONTWAIT);
        Result last;
        do {
            last = lab.make(more);
        } while (last instanceof Result.Returned);
        assertThat(last).isEqualTo(new Result.Failure(Errno.EAGAIN));
    }

    @Test
    void whenThePeerResetsASendHalfWayThePartIsReturnedAndTheErrorIsLeft() throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> send = lab.start(new Call.Send(pair.client(), new byte[16 << 20], 0));
        lab.awaitWaiting(1);
        lab.set(pair.server(), SolSocket.SO_LINGER, OptionValue.linger(1, 0));
        lab.make(new Call.Close(pair.server()));
        assertThat(((Result.Returned) send.get()).value()).isPositive();
        assertThat(lab.make(new Call.Send(pair.client(), bytes("x"), 0)))
                .isEqualTo(new Result.Failure(new Errno(104)));
        assertThat(lab.make(new Call.Send(pair.client(), bytes("x"), 0)))
                .isEqualTo(new Result.Failure(Errno.EPIPE));
    }

    @Test
    void shuttingAListenerDownEndsItsAccept() throws Exception {
        int listener = lab.listener();
        Future<Result> accept = lab.start(new Call.Accept(listener, 0));
        lab.awaitWaiting(1);
        lab.make(new Call.Shutdown(listener, ShutdownHow.SHUT_RD));
        assertThat(accept.get()).isEqualTo(new Result.Failure(Errno.EINVAL));
    }

    @Test
    void aCallThatMayNotWaitHasDoneNothingOrAnswersWhatItDid() throws Exception {
        Lab.Pair pair = lab.pair();
        Lab.Pair idle = lab.pair();
        int listener = lab.listener();
        int client = lab.socket();
        List<Future<Result>> waits = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            waits.add(lab.start(new Call.Recv(idle.server(), 1, 0)));
        }
        lab.awaitWaiting(64);
        assertThat(
                        ((Result.Returned)
                                        lab.make(
                                                new Call.Send(
                                                        pair.client(), new byte[16 << 20], 0)))
                                .value())
                .isBetween(1, (16 << 20) - 1);
        assertThatExceptionOfType(LimitException.class)
                .isThrownBy(() -> lab.make(new Call.Connect(client, lab.name(listener))));
        assertThat(lab.name(client)).isEqualTo(new SocketAddress.Inet(0, 0));
        lab.make(new Call.Close(idle.server()));
        for (Future<Result> wait : waits) {
            assertThat(wait.get()).isInstanceOf(Result.Failure.class);
        }
    }

    @Test
    void aLingeringCloseEndsWhenTheServiceStops() throws Exception {
        Lab.Pair pair = lab.pair();
        lab.make(new Call.Send(pair.client(), new byte[16 << 20], 0), Duration.ofMillis(100));
        lab.set(pair.client(), SolSocket.SO_LINGER, OptionValue.linger(1, 60));
        Future<Result> close = lab.start(new Call.Close(pair.client()));
        Await.until(() -> lab.calls.waiting() == 1);
        lab.calls.interruptAll("the service is stopping");
        assertThat(close.get()).isEqualTo(new Result.Returned(0));
    }

    @Test
    void aSessionHasSoManyWaitsAndNoMore() throws Exception {
        Lab.Pair pair = lab.pair();
        List<Future<Result>> waits = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            waits.add(lab.start(new Call.Recv(pair.server(), 1, 0)));
        }
        lab.awaitWaiting(64);
        assertThatExceptionOfType(LimitException.class)
                .isThrownBy(() -> lab.make(new Call.Recv(pair.server(), 1, 0)))
                .satisfies(
                        e -> assertThat(e.limit()).isEqualTo(LimitException.Limit.SESSION_WAITS));
        lab.make(new Call.Send(pair.client(), new byte[64], 0));
        for (Future<Result> wait : waits) {
            assertThat(wait.get()).isInstanceOf(Result.Received.class);
        }
        assertThat(lab.calls.waiting()).isZero();
    }

    @Test
    void theServiceHasSoManyWaitsAndNoMore() throws Exception {
        lab.close();
        SessionSettings one =
                new SessionSettings(
                        Duration.ofMinutes(1), Duration.ofHours(1), 9, 9, 9, 1, 0, 9, 9, 99, 1, 1);
        try (Lab small = new Lab(new LinuxKernel(), one)) {
            Lab.Pair pair = small.pair();
            Future<Result> wait = small.start(new Call.Recv(pair.server(), 1, 0));
            small.awaitWaiting(1);
            assertThatExceptionOfType(LimitException.class)
                    .isThrownBy(() -> small.make(new Call.Recv(pair.server(), 1, 0)))
                    .satisfies(e -> assertThat(e.limit().isService()).isTrue());
            small.make(new Call.Close(pair.server()));
            assertThat(wait.get()).isInstanceOf(Result.Failure.class);
        }
    }

    @RepeatedTest(5)
    void aSessionThatEndsUnderLoadWakesEveryWaitAndLeavesNothing() throws Exception {
        List<Lab.Pair> pairs = new ArrayList<>();
        List<Future<Result>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pairs.add(lab.pair());
        }
        for (Lab.Pair pair : pairs) {
            calls.add(lab.start(new Call.Recv(pair.server(), 1, 0)));
            calls.add(lab.start(new Call.Recv(pair.client(), 9, MSG_WAITALL)));
            calls.add(lab.start(new Call.Accept(lab.listener(), 0)));
        }
        for (int i = 0; i < 200; i++) {
            calls.add(lab.start(new Call.Socket(2, 1, 0)));
        }
        Session.LeakReport report = lab.registry.end(lab.session);
        assertThat(report.closed()).isNotEmpty().isSorted();
        for (Future<Result> call : calls) {
            try {
                assertThat(call.get())
                        .isInstanceOfAny(
                                Result.Failure.class,
                                Result.NewDescriptor.class,
                                Result.Received.class);
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOf(NotFoundException.class);
            }
        }
        assertThat(lab.openFiles.inUse()).isZero();
        assertThat(lab.loop.registered()).isZero();
        assertThat(lab.calls.waiting()).isZero();
    }

    @RepeatedTest(5)
    void closingAndUsingAtOnceNeverReachesAnotherSocket() throws Exception {
        List<Future<Result>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int fd = lab.socket();
            calls.add(lab.start(new Call.Getsockname(fd)));
            calls.add(lab.start(new Call.Close(fd)));
            calls.add(lab.start(new Call.Recv(fd, 1, 0)));
            calls.add(lab.start(new Call.Close(fd)));
        }
        for (Future<Result> call : calls) {
            Result result = call.get();
            if (result instanceof Result.Failure(Errno errno, String _)) {
                assertThat(errno.name()).isIn("EBADF", "ENOTCONN");
            }
        }
        assertThat(lab.session.openFds()).isEmpty();
        assertThat(lab.openFiles.inUse()).isZero();
    }

    @Test
    void aSessionExpiresAtItsGreatestAgeEvenDuringACall() throws Exception {
        lab.close();
        SessionSettings brief =
                new SessionSettings(
                        Duration.ofMillis(30),
                        Duration.ofMillis(150),
                        9,
                        99,
                        9,
                        9,
                        0,
                        9,
                        9,
                        99,
                        1,
                        1);
        try (Lab small = new Lab(new LinuxKernel(), brief)) {
            Lab.Pair pair = small.pair();
            Future<Result> recv = small.start(new Call.Recv(pair.server(), 1, 0));
            small.awaitWaiting(1);
            Await.until(() -> {
                small.registry.endExpired();
                return recv.isDone();
            });
            assertThat(recv.get())
                    .isEqualTo(new Result.Failure(Errno.EBADF, "closed while the call waited"));
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> small.registry.get(small.session.id()));
            assertThat(small.openFiles.inUse()).isZero();
        }
    }

    @Test
    void anIdleSessionExpiresAndOneInUseDoesNot() {
        lab.close();
        SessionSettings brief =
                new SessionSettings(
                        Duration.ofMillis(50), Duration.ofHours(1), 9, 99, 9, 9, 0, 9, 9, 99, 1, 1);
        try (Lab small = new Lab(new LinuxKernel(), brief)) {
            Session used = small.session("used");
            while (!small.session.isExpired()) {
                used.touch();
                small.registry.endExpired();
                assertThat(used.isEnded()).isFalse();
            }
            small.registry.endExpired();
            assertThat(small.registry.all()).containsExactly(used);
            assertThat(small.registry.get("latest")).isEqualTo(used);
        }
    }

    @Test
    void whenTheServiceStopsEveryWaitEndsWithEintr() throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> recv = lab.start(new Call.Recv(pair.server(), 1, 0));
        lab.awaitWaiting(1);
        lab.calls.interruptAll("the service is stopping");
        assertThat(recv.get())
                .isEqualTo(new Result.Failure(Errno.EINTR, "the service is stopping"));
    }

    @Test
    void aLingeringCloseAnswersWhenThePeerHasTakenEverything() throws Exception {
        Lab.Pair pair = lab.pair();
        lab.make(new Call.Send(pair.client(), new byte[16 << 20], 0), Duration.ofMillis(100));
        lab.set(pair.client(), SolSocket.SO_LINGER, OptionValue.linger(1, 60));
        Future<Result> close = lab.start(new Call.Close(pair.client()));
        Await.until(() -> !lab.session.openFds().contains(pair.client()));
        assertThat(close.isDone()).isFalse();
        Result received;
        do {
            received = lab.make(new Call.Recv(pair.server(), 1 << 20, 0));
        } while (((Result.Received) received).returned() > 0);
        assertThat(close.get()).isEqualTo(new Result.Returned(0));
    }

    @Test
    void aLingeringCloseWaitsNoLongerThanTheCallerAndASessionsEndNotAtAll() {
        Lab.Pair pair = lab.pair();
        Lab.Pair other = lab.pair();
        for (int fd : List.of(pair.client(), other.client())) {
            lab.make(new Call.Send(fd, new byte[16 << 20], 0), Duration.ofMillis(100));
            lab.set(fd, SolSocket.SO_LINGER, OptionValue.linger(1, 65535));
        }
        assertThat(lab.make(new Call.Close(pair.client()), Duration.ofMillis(50)))
                .isEqualTo(new Result.Returned(0));
        assertThat(lab.registry.end(lab.session).closed()).contains(other.client());
    }
}
