package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends the waits on UNIX sockets: each as a C program on Linux 6.18 saw it end. */
@ExtendWith(Leaks.class)
@Timeout(60)
class UnixShutdownKernelTests {
    private static final int STREAM = SocketType.SOCK_STREAM;
    private static final int DGRAM = SocketType.SOCK_DGRAM;
    private static final int SEQPACKET = SocketType.SOCK_SEQPACKET;
    private static final SocketAddress NAME = new SocketAddress.Unix(new byte[] {'l'});

    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    /** Sends until there is no room. */
    private void fill(int fd, int size) {
        Call send = new Call.Send(fd, new byte[size], MSG_DONTWAIT);
        while (lab.make(send) instanceof Result.Returned) {}
    }

    private Future<Result> waitingSend(int fd, int size) {
        Future<Result> send = lab.start(new Call.Send(fd, new byte[size], 0));
        lab.awaitWaiting(1);
        return send;
    }

    private static Result failure(Errno errno) {
        return new Result.Failure(errno);
    }

    private Result error(int fd) {
        return lab.make(new Call.Getsockopt(fd, SocketLevel.SOL_SOCKET, SolSocket.SO_ERROR, null));
    }

    private static Result noError() {
        return new Result.OptionRead(
                SocketLevel.SOL_SOCKET, SolSocket.SO_ERROR, new OptionValue.Scalar(0, 4));
    }

    /** type, whether the sender itself is shut down, how. */
    private static final String EITHER_END =
            """
            1, true, 1
            1, true, 2
            1, false, 0
            1, false, 2
            5, true, 1
            5, true, 2
            5, false, 0
            5, false, 2
            """;

    @ParameterizedTest
    @CsvSource(textBlock = EITHER_END)
    void aShutdownOfEitherEndEndsASendThatWaits(int type, boolean own, int how) throws Exception {
        Result.NewPair ends = lab.unixPair(type);
        fill(ends.first(), 4096);
        Future<Result> send = waitingSend(ends.first(), 4096);
        lab.make(new Call.Shutdown(own ? ends.first() : ends.second(), how));
        assertThat(send.get()).isEqualTo(failure(Errno.EPIPE));
    }

    @Test
    void aSendThatIsPartWayReturnsThePart() throws Exception {
        Result.NewPair ends = lab.unixPair(STREAM);
        Future<Result> send = waitingSend(ends.first(), 900_000);
        lab.make(new Call.Shutdown(ends.second(), ShutdownHow.SHUT_RD));
        assertThat(send.get())
                .isInstanceOfSatisfying(
                        Result.Returned.class,
                        part -> assertThat(part.value()).isBetween(1, 899_999));
    }

    /** It waits for its own memory: a socketpair's receiver takes whatever there is of that. */
    @Test
    void itsOwnShutdownEndsADatagramThatWaitsForItsOwnMemory() throws Exception {
        Result.NewPair ends = lab.unixPair(DGRAM);
        fill(ends.first(), 20_000);
        Future<Result> send = waitingSend(ends.first(), 20_000);
        lab.make(new Call.Shutdown(ends.first(), ShutdownHow.SHUT_WR));
        assertThat(send.get()).isEqualTo(failure(Errno.EPIPE));
    }

    @Test
    void noShutdownEndsADatagramThatWaitsForRoomWithItsReceiver() throws Exception {
        int receiver = lab.unixSocket(DGRAM);
        int sender = lab.unixSocket(DGRAM);
        lab.make(new Call.Bind(receiver, NAME));
        lab.make(new Call.Connect(sender, NAME));
        fill(sender, 10);
        Future<Result> send = waitingSend(sender, 10);
        lab.make(new Call.Shutdown(sender, ShutdownHow.SHUT_WR));
        assertThat(lab.make(new Call.Send(sender, new byte[10], 0), Duration.ofMillis(1)))
                .isEqualTo(failure(Errno.EPIPE));
        assertThat(send.isDone()).isFalse();
        lab.make(new Call.Close(sender));
        send.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {STREAM, SEQPACKET})
    void aPeerThatClosesWithBytesUnreadResetsTheSendThatWaits(int type) throws Exception {
        Result.NewPair ends = lab.unixPair(type);
        fill(ends.first(), 4096);
        Future<Result> send = waitingSend(ends.first(), 4096);
        lab.make(new Call.Close(ends.second()));
        assertThat(send.get()).isEqualTo(Lab.failure("ECONNRESET"));
        assertThat(error(ends.first())).isEqualTo(noError());
    }

    @Test
    void aPartTakesTheErrorOfTheConnectionWithIt() throws Exception {
        Result.NewPair ends = lab.unixPair(STREAM);
        Future<Result> send = waitingSend(ends.first(), 900_000);
        lab.make(new Call.Close(ends.second()));
        assertThat(send.get()).isInstanceOf(Result.Returned.class);
        assertThat(error(ends.first())).isEqualTo(noError());
    }

    private int listener(int type) {
        int listener = lab.unixSocket(type);
        lab.make(new Call.Bind(listener, NAME));
        lab.make(new Call.Listen(listener, 4));
        return listener;
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 2", "5, 0", "5, 2"})
    void anAcceptEndsWhenItsListenerIsShutDown(int type, int how) throws Exception {
        int listener = listener(type);
        Future<Result> accept = lab.start(new Call.Accept(listener, 0));
        lab.awaitWaiting(1);
        lab.make(new Call.Shutdown(listener, how));
        assertThat(accept.get()).isEqualTo(failure(Errno.EINVAL));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 2", "5, 0", "5, 2"})
    void anAcceptThatBeginsAfterTheShutdownEndsAtOnce(int type, int how) {
        int listener = listener(type);
        int client = lab.unixSocket(type);
        lab.make(new Call.Connect(client, NAME));
        lab.make(new Call.Shutdown(listener, how));
        assertThat(lab.make(new Call.Accept(listener, 0))).isInstanceOf(Result.NewDescriptor.class);
        assertThat(lab.make(new Call.Accept(listener, 0))).isEqualTo(failure(Errno.EINVAL));
        lab.set(listener, SolSocket.SO_RCVTIMEO, OptionValue.timeval(5, 0));
        assertThat(lab.make(new Call.Accept(listener, 0))).isEqualTo(failure(Errno.EINVAL));
        lab.set(listener, SolSocket.SO_RCVTIMEO, OptionValue.timeval(-1, 0));
        assertThat(lab.make(new Call.Accept(listener, 0)))
                .isInstanceOfSatisfying(
                        Result.Failure.class, f -> assertThat(f.errno()).isEqualTo(Errno.EAGAIN));
    }

    @Test
    void aShutdownOfTheOtherDirectionEndsNoAccept() {
        int listener = listener(STREAM);
        lab.make(new Call.Shutdown(listener, ShutdownHow.SHUT_WR));
        assertThat(lab.make(new Call.Accept(listener, 0), Duration.ofMillis(1)))
                .isEqualTo(new Result.Failure(Errno.EINTR, "the wait is over"));
    }
}
