package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_OOB;
import static dev.socketlab.abi.MessageFlag.MSG_PEEK;
import static dev.socketlab.abi.MessageFlag.MSG_WAITALL;
import static dev.socketlab.syscall.Lab.bytes;
import static dev.socketlab.syscall.Lab.fd;
import static dev.socketlab.syscall.Lab.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.Await;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.Caller;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Receiving calls that wait for more than the first bytes, and callers who leave meanwhile. */
@ExtendWith(Leaks.class)
@Timeout(60)
class WaitallKernelTests {
    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void waitallGathersAllAndLeavesItInTheKernelUntilThen() throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> recv = lab.start(new Call.Recv(pair.server(), 6, MSG_WAITALL));
        lab.awaitWaiting(1);
        lab.make(new Call.Send(pair.client(), bytes("abc"), 0));
        assertThat(text(lab.make(new Call.Recv(pair.server(), 9, MSG_PEEK)))).isEqualTo("abc");
        lab.make(new Call.Send(pair.client(), bytes("defgh"), 0));
        assertThat(text(recv.get())).isEqualTo("abcdef");
        assertThat(text(lab.make(new Call.Recv(pair.server(), 9, 0)))).isEqualTo("gh");
    }

    @Test
    void waitallOfMoreThanTheReceiveBufferHoldsGoesOnPieceByPiece() throws Exception {
        Lab.Pair pair = lab.pair();
        lab.set(pair.server(), SolSocket.SO_RCVBUF, new OptionValue.Scalar(65536, 4));
        byte[] sent = new byte[1 << 20];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31 + (i >> 8));
        }
        Future<Result> recv = lab.start(new Call.Recv(pair.server(), sent.length, MSG_WAITALL));
        Future<Result> send = lab.start(new Call.Send(pair.client(), sent, 0));
        assertThat(send.get()).isEqualTo(new Result.Returned(sent.length));
        assertThat(((Result.Received) recv.get()).bytes()).isEqualTo(sent);
    }

    /** As docs/every-call.md says; Linux goes on until ten are unread besides the five. */
    @Test
    void rcvlowatCountsWhatWasThereWhenTheRecvBegan() throws Exception {
        Lab.Pair pair = lab.pair();
        lab.set(pair.server(), SolSocket.SO_RCVLOWAT, new OptionValue.Scalar(10, 4));
        lab.make(new Call.Send(pair.client(), bytes("12345"), 0));
        Future<Result> recv = lab.start(new Call.Recv(pair.server(), 100, 0));
        lab.awaitWaiting(1);
        lab.make(new Call.Send(pair.client(), bytes("67890"), 0));
        assertThat(text(recv.get())).isEqualTo("1234567890");
    }

    @Test
    void waitallThatRunsOutAnswersThePartItHas() {
        Lab.Pair pair = lab.pair();
        lab.make(new Call.Send(pair.client(), bytes("abc"), 0));
        Call waitall = new Call.Recv(pair.server(), 6, MSG_WAITALL);
        assertThat(text(lab.make(waitall, Duration.ofMillis(20)))).isEqualTo("abc");
        assertThat(lab.make(waitall, Duration.ofMillis(20)))
                .isEqualTo(new Result.Failure(Errno.EINTR, "the wait is over"));
    }

    @Test
    void waitallOnASocketThatIsNotConnectedFailsAtOnce() {
        assertThat(lab.make(new Call.Recv(lab.listener(), 6, MSG_WAITALL)))
                .isEqualTo(new Result.Failure(new Errno(107)));
        assertThat(lab.make(new Call.Recv(lab.socket(), 6, MSG_WAITALL)))
                .isEqualTo(new Result.Failure(new Errno(107)));
    }

    /** A WAITALL of more than the receive buffer holds, for which 300,000 bytes have come. */
    private Future<Result> drainedWaitall(Lab.Pair pair, AtomicBoolean gone, byte[] sent)
            throws Exception {
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 7 + (i >> 9));
        }
        Call waitall = new Call.Recv(pair.server(), 1_000_000, MSG_WAITALL);
        Future<Result> recv =
                lab.background.submit(() -> lab.calls.make(lab.session, waitall, leaving(gone)));
        lab.awaitWaiting(1);
        lab.make(new Call.Send(pair.client(), sent, 0));
        Await.until(() -> unacknowledged(pair.client()) == 0);
        return recv;
    }

    private long unacknowledged(int fd) {
        Result.OptionRead info =
                (Result.OptionRead)
                        lab.make(
                                new Call.Getsockopt(
                                        fd, IpProtocol.IPPROTO_TCP, IpprotoTcp.TCP_INFO, null));
        Map<String, Object> fields = ((OptionValue.TcpInformation) info.optval()).fields();
        return ((Number) fields.get("unacked")).longValue()
                + ((Number) fields.get("notsent_bytes")).longValue();
    }

    private static byte[] received(Result result) {
        return ((Result.Received) result).bytes();
    }

    @RepeatedTest(3)
    void whatWasDrainedForACallerWhoHasGoneIsTheNextOnesInOrder() throws Exception {
        Lab.Pair pair = lab.pair();
        AtomicBoolean gone = new AtomicBoolean();
        byte[] sent = new byte[300_000];
        Future<Result> recv = drainedWaitall(pair, gone, sent);
        gone.set(true);
        lab.make(new Call.Shutdown(pair.client(), ShutdownHow.SHUT_WR));
        assertThat(recv.get()).isEqualTo(new Result.Failure(Errno.EINTR, "the caller has gone"));

        assertThat(received(lab.make(new Call.Recv(pair.server(), 9, MSG_PEEK))))
                .isEqualTo(Arrays.copyOf(sent, 9));
        assertThat(received(lab.make(new Call.Recv(pair.server(), 5000, MSG_WAITALL))))
                .isEqualTo(Arrays.copyOf(sent, 5000));
        assertThat(received(lab.make(new Call.Recv(pair.server(), 1_000_000, MSG_WAITALL))))
                .isEqualTo(Arrays.copyOfRange(sent, 5000, sent.length));
        assertThat(received(lab.make(new Call.Read(pair.server(), 9)))).isEmpty();
    }

    @Test
    void whatWasDrainedWakesWhoWaitsBesideTheCallerWhoHasGone() throws Exception {
        Lab.Pair pair = lab.pair();
        AtomicBoolean gone = new AtomicBoolean();
        byte[] sent = new byte[300_000];
        Future<Result> recv = drainedWaitall(pair, gone, sent);
        Future<Result> other =
                lab.start(new Call.Recv(pair.server(), sent.length + 1, MSG_WAITALL));
        lab.awaitWaiting(2);
        gone.set(true);
        lab.make(new Call.Send(pair.client(), bytes("!"), 0));
        assertThat(received(other.get())).startsWith(sent).endsWith('!');
        lab.make(new Call.Shutdown(pair.client(), ShutdownHow.SHUT_WR));
        assertThat(recv.get()).isInstanceOf(Result.Failure.class);
    }

    @Test
    void whatWasDrainedIsGoneWithItsConnection() throws Exception {
        Lab.Pair pair = lab.pair();
        AtomicBoolean gone = new AtomicBoolean();
        Future<Result> recv = drainedWaitall(pair, gone, new byte[300_000]);
        gone.set(true);
        lab.make(new Call.Shutdown(pair.client(), ShutdownHow.SHUT_WR));
        assertThat(recv.get()).isInstanceOf(Result.Failure.class);
        lab.make(new Call.Connect(pair.server(), SocketAddress.Other.unspec()));
        assertThat(lab.make(new Call.Recv(pair.server(), 9, 0))).isInstanceOf(Result.Failure.class);
    }

    @Test
    void waitallBehindAnUrgentByteGathersAll() throws Exception {
        Lab.Pair pair = lab.pair();
        lab.make(new Call.Send(pair.client(), bytes("abcX"), MSG_OOB));
        Await.until(() -> unacknowledged(pair.client()) == 0);
        Call waitall = new Call.Recv(pair.server(), 6, MSG_WAITALL);
        assertThat(text(lab.make(waitall))).isEqualTo("abc");
        Future<Result> recv = lab.start(waitall);
        lab.awaitWaiting(1);
        lab.make(new Call.Send(pair.client(), bytes("def"), 0));
        Await.until(() -> unacknowledged(pair.client()) == 0);
        lab.make(new Call.Send(pair.client(), bytes("ghi"), 0));
        assertThat(text(recv.get())).isEqualTo("defghi");
    }

    private static Caller leaving(AtomicBoolean gone) {
        return new Caller(
                Duration.ofMinutes(1),
                new Caller.Presence() {
                    @Override
                    public boolean isGone() {
                        return gone.get();
                    }

                    @Override
                    public Caller.Watch onGone(Runnable action) {
                        return () -> {};
                    }
                });
    }

    @Test
    void aCallerWhoHasGoneGetsNothingAndTheBytesStay() throws Exception {
        Lab.Pair pair = lab.pair();
        AtomicBoolean gone = new AtomicBoolean();
        Caller leaving = leaving(gone);
        for (int flags : List.of(0, MSG_WAITALL)) {
            gone.set(false);
            Future<Result> recv =
                    lab.background.submit(() ->
                            lab.calls.make(
                                    lab.session, new Call.Recv(pair.server(), 4, flags), leaving));
            lab.awaitWaiting(1);
            gone.set(true);
            lab.make(new Call.Send(pair.client(), bytes("kept"), 0));
            assertThat(recv.get())
                    .isEqualTo(new Result.Failure(Errno.EINTR, "the caller has gone"));
            assertThat(text(lab.make(new Call.Recv(pair.server(), 9, 0)))).isEqualTo("kept");
        }
    }
}
