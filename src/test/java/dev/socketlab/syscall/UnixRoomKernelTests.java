package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_PEEK;
import static dev.socketlab.syscall.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.readiness.Waiter;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.PeerWait;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Datagrams that wait for room with the UNIX socket that they are sent to, and what wakes them:
 * each as a C program on Linux 6.18 saw it.
 */
@ExtendWith(Leaks.class)
@Timeout(60)
class UnixRoomKernelTests {
    private static final int STREAM = SocketType.SOCK_STREAM;
    private static final int DGRAM = SocketType.SOCK_DGRAM;
    private static final SocketAddress NAME = name("r");
    private static final SocketAddress ELSEWHERE = name("e");
    private static final Call.Connect DISSOLVE = new Call.Connect(3, SocketAddress.Other.unspec());

    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    private static SocketAddress name(String name) {
        return new SocketAddress.Unix(bytes(name));
    }

    private static Result failure(Errno errno) {
        return new Result.Failure(errno);
    }

    /** A receiver, fd 3, whose queue is full. */
    private int fullReceiver() {
        int receiver = lab.unixSocket(DGRAM);
        assertThat(receiver).isEqualTo(3);
        lab.make(new Call.Bind(receiver, NAME));
        Call send = new Call.Sendto(lab.unixSocket(DGRAM), bytes("x"), MSG_DONTWAIT, NAME);
        while (lab.make(send) instanceof Result.Returned) {}
        return receiver;
    }

    private Call sendto(SocketAddress to) {
        return new Call.Sendto(lab.unixSocket(DGRAM), bytes("m"), 0, to);
    }

    private Future<Result> waitingSendto() {
        return lab.startWaiting(sendto(NAME), 1);
    }

    private int elsewhere() {
        int other = lab.unixSocket(DGRAM);
        lab.make(new Call.Bind(other, ELSEWHERE));
        return other;
    }

    private void connectElsewhere(int receiver) {
        elsewhere();
        assertThat(lab.make(new Call.Connect(receiver, ELSEWHERE)))
                .isEqualTo(new Result.Returned(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shut down", "connected elsewhere"})
    void whatRefusesANewSendLeavesOneThatWaits(String receiverIs) throws Exception {
        int receiver = fullReceiver();
        Call sendto = sendto(NAME);
        Call another = sendto(NAME);
        Future<Result> send = lab.startWaiting(sendto, 1);
        if (receiverIs.equals("shut down")) {
            lab.make(new Call.Shutdown(receiver, ShutdownHow.SHUT_RD));
        } else {
            connectElsewhere(receiver);
        }
        assertThat(lab.make(another)).isIn(failure(Errno.EPIPE), failure(Errno.EPERM));
        lab.make(new Call.Close(((Call.Sendto) sendto).descriptor()));
        assertThat(send.get())
                .isEqualTo(new Result.Failure(Errno.EBADF, "closed while the call waited"));
    }

    @Test
    void aWaitThatIsOverIsJudgedNoMore() {
        int receiver = fullReceiver();
        Call sendto = sendto(NAME);
        lab.make(new Call.Bind(lab.unixSocket(DGRAM), ELSEWHERE));
        Future<Result> send = lab.background.submit(() -> lab.make(sendto, Duration.ofMillis(300)));
        lab.awaitWaiting(1);
        lab.make(new Call.Shutdown(receiver, ShutdownHow.SHUT_RD));
        assertThat(send)
                .succeedsWithin(Duration.ofSeconds(50))
                .isEqualTo(new Result.Failure(Errno.EINTR, "the wait is over"));
    }

    /** What receives, or looks. */
    static Stream<Named<Function<Integer, Call>>> receipts() {
        List<Long> iov = List.of(9L);
        return Stream.of(
                Named.of("recv", fd -> new Call.Recv(fd, 9, 0)),
                Named.of("recv, MSG_PEEK", fd -> new Call.Recv(fd, 9, MSG_PEEK)),
                Named.of("recvfrom", fd -> new Call.Recvfrom(fd, 9, 0)),
                Named.of("recvmsg", fd -> new Call.Recvmsg(fd, iov, 0, 0)),
                Named.of("recvmsg, MSG_PEEK", fd -> new Call.Recvmsg(fd, iov, 0, MSG_PEEK)),
                Named.of("read", fd -> new Call.Read(fd, 9)));
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void aReceiptHasTheSendJudgedAnew(Function<Integer, Call> receipt) throws Exception {
        int receiver = fullReceiver();
        Future<Result> send = waitingSendto();
        lab.make(new Call.Shutdown(receiver, ShutdownHow.SHUT_RD));
        assertThat(lab.make(receipt.apply(receiver))).isInstanceOf(Result.Received.class);
        assertThat(send.get()).isEqualTo(failure(Errno.EPIPE));
    }

    @Test
    void aReceiptOfAReceiverThatIsConnectedElsewhereEndsItWithEperm() throws Exception {
        int receiver = fullReceiver();
        Future<Result> send = waitingSendto();
        connectElsewhere(receiver);
        lab.make(new Call.Recv(receiver, 9, 0));
        assertThat(send.get()).isEqualTo(failure(Errno.EPERM));
    }

    @Test
    void ofTwoThatWaitAReceiptWakesTheFirst() throws Exception {
        int receiver = fullReceiver();
        Future<Result> first = waitingSendto();
        Future<Result> second = lab.startWaiting(sendto(NAME), 2);
        lab.make(new Call.Recv(receiver, 9, 0));
        assertThat(first.get()).isEqualTo(new Result.Returned(1));
        assertThat(second.isDone()).isFalse();
        lab.make(new Call.Recv(receiver, 9, 0));
        assertThat(second.get()).isEqualTo(new Result.Returned(1));
    }

    @Test
    void whoTakesItsTurnAgainIsBehindTheOthers() {
        int receiver = lab.unixSocket(DGRAM);
        try (Descriptor.Lease lease = lab.session.resources().fds().lease(receiver).orElseThrow();
                Waiter one = lab.loop.waiter();
                Waiter two = lab.loop.waiter()) {
            PeerWait peerWait = lease.description().peerWait();
            PeerWait.Turn first = new PeerWait.Turn(List.of(lease.description()), one);
            PeerWait.Turn second = new PeerWait.Turn(List.of(lease.description()), two);
            first.join();
            second.join();
            peerWait.wakeFirst();
            assertThat(List.of(first.isWoken(), second.isWoken())).containsExactly(true, false);
            first.join();
            peerWait.wakeFirst();
            assertThat(List.of(first.isWoken(), second.isWoken())).containsExactly(false, true);
            second.close();
            assertThat(first.isWoken()).as("a wake of which no use was made").isTrue();
        }
    }

    @Test
    void aSendThatGaveUpLeavesItsTurnToTheNext() throws Exception {
        int receiver = fullReceiver();
        Call sendto = sendto(NAME);
        Future<Result> first = lab.startWaiting(sendto, 1);
        Future<Result> second = lab.startWaiting(sendto(NAME), 2);
        lab.make(new Call.Close(((Call.Sendto) sendto).descriptor()));
        assertThat(first.get()).isInstanceOf(Result.Failure.class);
        lab.make(new Call.Recv(receiver, 9, 0));
        assertThat(second.get()).isEqualTo(new Result.Returned(1));
    }

    @Test
    void aReceiverThatClosesRefusesAllThatWait() throws Exception {
        int receiver = fullReceiver();
        int other = Lab.fd(lab.make(new Call.Dup(receiver)));
        Future<Result> first = waitingSendto();
        Future<Result> second = lab.startWaiting(sendto(NAME), 2);
        lab.make(new Call.Close(receiver));
        assertThat(lab.loop.waiting()).isEqualTo(2);
        lab.make(new Call.Close(other));
        assertThat(first.get()).isEqualTo(failure(Errno.ECONNREFUSED));
        assertThat(second.get()).isEqualTo(failure(Errno.ECONNREFUSED));
    }

    @Test
    void aReceiverThatLeavesItsPeerHasRoomForAll() throws Exception {
        int receiver = fullReceiver();
        Future<Result> first = waitingSendto();
        Future<Result> second = lab.startWaiting(sendto(NAME), 2);
        connectElsewhere(receiver);
        lab.make(new Call.Connect(receiver, ELSEWHERE));
        assertThat(lab.loop.waiting()).isEqualTo(2);
        lab.make(DISSOLVE);
        assertThat(first.get()).isEqualTo(new Result.Returned(1));
        assertThat(second.get()).isEqualTo(new Result.Returned(1));
    }

    @Test
    void aReceiverWhosePeerHasGoneHasRoomWhenItFindsOut() throws Exception {
        int receiver = fullReceiver();
        Future<Result> send = waitingSendto();
        int other = elsewhere();
        lab.make(new Call.Connect(receiver, ELSEWHERE));
        lab.make(new Call.Close(other));
        assertThat(lab.loop.waiting()).isEqualTo(1);
        assertThat(lab.make(new Call.Send(receiver, bytes("x"), 0)))
                .isEqualTo(failure(Errno.ECONNREFUSED));
        assertThat(send.get()).isEqualTo(new Result.Returned(1));
    }

    @Test
    void aReceiverWithoutAPeerThatDissolvesWakesNobody() {
        int receiver = fullReceiver();
        waitingSendto();
        lab.make(DISSOLVE);
        lab.make(new Call.Shutdown(receiver, ShutdownHow.SHUT_RD));
        assertThat(lab.loop.waiting()).isEqualTo(1);
    }

    @Test
    void theSocketsTimeoutHasItJudgedOnceMore() throws Exception {
        int receiver = fullReceiver();
        int sender = lab.unixSocket(DGRAM);
        lab.set(sender, SolSocket.SO_SNDTIMEO, OptionValue.timeval(0, 300_000));
        Future<Result> send = lab.startWaiting(new Call.Sendto(sender, bytes("m"), 0, NAME), 1);
        lab.make(new Call.Shutdown(receiver, ShutdownHow.SHUT_RD));
        assertThat(send.get()).isEqualTo(failure(Errno.EPIPE));
    }

    @Test
    void itsOwnMemoryIsWaitedForBefore() throws Exception {
        int receiver = lab.unixSocket(DGRAM);
        lab.make(new Call.Bind(receiver, NAME));
        int sender = lab.unixSocket(DGRAM);
        Call big = new Call.Sendto(sender, new byte[100_000], MSG_DONTWAIT, NAME);
        while (lab.make(big) instanceof Result.Returned) {}
        Call small = new Call.Sendto(sender, bytes("m"), 0, NAME);
        Future<Result> woken = lab.startWaiting(small, 1);
        Result received;
        do {
            received = lab.make(new Call.Recv(receiver, 100_000, MSG_DONTWAIT));
        } while (received instanceof Result.Received some && some.returned() > 1);
        assertThat(woken.get()).isEqualTo(new Result.Returned(1));
        while (lab.make(big) instanceof Result.Returned) {}
        Future<Result> shutDown = lab.startWaiting(small, 1);
        lab.make(new Call.Shutdown(receiver, ShutdownHow.SHUT_RD));
        assertThat(lab.loop.waiting()).isEqualTo(1);
        lab.make(new Call.Shutdown(sender, ShutdownHow.SHUT_WR));
        assertThat(shutDown.get()).isEqualTo(failure(Errno.EPIPE));
    }

    /** A receiver that has no descriptor left is heard of by trying. */
    @Test
    void aReceiverInFlightIsFoundWhenItIsBack() throws Exception {
        Result.NewPair pair = inFlight();
        Future<Result> send = lab.startWaiting(sendto(NAME), 1);
        Result.Received back =
                (Result.Received) lab.make(new Call.Recvmsg(pair.second(), List.of(9L), 64, 0));
        Control.Rights rights = (Control.Rights) back.with().control().getFirst();
        lab.make(new Call.Recv(rights.fds().getFirst(), 9, 0));
        assertThat(send.get()).isEqualTo(new Result.Returned(1));
    }

    @Test
    void aReceiverThatIsDroppedInFlightRefuses() throws Exception {
        Result.NewPair pair = inFlight();
        Future<Result> send = lab.startWaiting(sendto(NAME), 1);
        lab.make(new Call.Recv(pair.second(), 9, 0));
        assertThat(send.get()).isEqualTo(failure(Errno.ECONNREFUSED));
    }

    @Test
    void aReceiverThatBeginsToFlyMeanwhileIsTriedToo() throws Exception {
        int receiver = fullReceiver();
        Result.NewPair pair = lab.unixPair(STREAM);
        Future<Result> send = lab.startWaiting(sendto(NAME), 1);
        sendAway(pair, receiver);
        assertThat(lab.loop.waiting()).isEqualTo(1);
        lab.make(new Call.Recv(pair.second(), 9, 0));
        assertThat(send.get()).isEqualTo(failure(Errno.ECONNREFUSED));
    }

    private Result.NewPair inFlight() {
        int receiver = fullReceiver();
        Result.NewPair pair = lab.unixPair(STREAM);
        sendAway(pair, receiver);
        return pair;
    }

    private void sendAway(Result.NewPair pair, int fd) {
        List<Control> rights = List.of(new Control.Rights(List.of(fd)));
        lab.make(new Call.Sendmsg(pair.first(), null, List.of(bytes("x")), rights, 0));
        lab.make(new Call.Close(fd));
    }

    @Test
    void aNameWithMoreSlashesIsTheSame() throws Exception {
        int receiver = fullReceiver();
        Future<Result> send = lab.startWaiting(sendto(name(".//r")), 1);
        lab.make(new Call.Recv(receiver, 9, 0));
        assertThat(send.get()).isEqualTo(new Result.Returned(1));
    }
}
