package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_PEEK;
import static dev.socketlab.abi.MessageFlag.MSG_WAITALL;
import static dev.socketlab.syscall.Lab.bytes;
import static dev.socketlab.syscall.Lab.fd;
import static dev.socketlab.syscall.Lab.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.Await;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
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

/** connect(2) to AF_UNSPEC under calls that wait: each as a C program on Linux 6.18 saw it. */
@ExtendWith(Leaks.class)
@Timeout(60)
class DisconnectingKernelTests {
    private static final Result EPIPE = new Result.Failure(Errno.EPIPE);
    private static final Result ECONNRESET = Lab.failure("ECONNRESET");

    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    private void disconnect(int fd) {
        assertThat(lab.make(new Call.Connect(fd, SocketAddress.Other.unspec())))
                .isEqualTo(new Result.Returned(0));
    }

    private void assertError(int fd, int errno) {
        int level = SocketLevel.SOL_SOCKET;
        assertThat(lab.make(new Call.Getsockopt(fd, level, SolSocket.SO_ERROR, null)))
                .isEqualTo(
                        new Result.OptionRead(
                                level, SolSocket.SO_ERROR, new OptionValue.Scalar(errno, 4)));
    }

    static Stream<Named<Function<Integer, Call>>> receipts() {
        return Stream.of(
                Named.of("recv", fd -> new Call.Recv(fd, 100, 0)),
                Named.of("recv, MSG_PEEK", fd -> new Call.Recv(fd, 100, MSG_PEEK)),
                Named.of("recv, MSG_WAITALL", fd -> new Call.Recv(fd, 100, MSG_WAITALL)),
                Named.of("recvfrom", fd -> new Call.Recvfrom(fd, 100, 0)),
                Named.of("recvmsg", fd -> new Call.Recvmsg(fd, List.of(100L), 64, 0)),
                Named.of("read", fd -> new Call.Read(fd, 100)));
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void whoWaitsToReceiveHasEpipeAndTheNextTheError(Function<Integer, Call> receipt)
            throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> one = lab.startWaiting(receipt.apply(pair.server()), 1);
        Future<Result> two = lab.startWaiting(receipt.apply(pair.server()), 2);
        disconnect(pair.server());
        assertThat(one.get()).isEqualTo(EPIPE);
        assertThat(two.get()).isEqualTo(EPIPE);
        Call recv = new Call.Recv(pair.server(), 1, 0);
        assertThat(lab.make(recv)).isEqualTo(ECONNRESET);
        assertThat(lab.make(recv)).isEqualTo(Lab.failure("ENOTCONN"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, MSG_PEEK})
    void whatHadComeForAWaitForAllIsAnswered(int peek) throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> recv =
                lab.startWaiting(new Call.Recv(pair.server(), 100, MSG_WAITALL | peek), 1);
        send(pair, "12345");
        disconnect(pair.server());
        assertThat(text(recv.get())).isEqualTo("12345");
        assertError(pair.server(), 104);
    }

    /** What comes later does not wake it below SO_RCVLOWAT, so it is not copied. */
    @Test
    void belowSoRcvlowatWhatHadComeWhenItBeganIsAnswered() throws Exception {
        Lab.Pair pair = lab.pair();
        lab.set(pair.server(), SolSocket.SO_RCVLOWAT, new OptionValue.Scalar(10, 4));
        send(pair, "12345");
        Future<Result> some = lab.startWaiting(new Call.Recv(pair.server(), 100, 0), 1);
        send(pair, "678");
        disconnect(pair.server());
        assertThat(text(some.get())).isEqualTo("12345");
        assertError(pair.server(), 104);
    }

    @Test
    void belowSoRcvlowatWhatComesLaterIsLost() throws Exception {
        Lab.Pair pair = lab.pair();
        lab.set(pair.server(), SolSocket.SO_RCVLOWAT, new OptionValue.Scalar(10, 4));
        Future<Result> none = lab.startWaiting(new Call.Recv(pair.server(), 100, 0), 1);
        send(pair, "12345");
        disconnect(pair.server());
        assertThat(none.get()).isEqualTo(EPIPE);
    }

    /** Sends, and waits until it has come. */
    private void send(Lab.Pair pair, String text) {
        Call inq = new Call.Ioctl(pair.server(), Ioctl.SIOCINQ);
        int there = ((Result.Value) lab.make(inq)).value();
        lab.make(new Call.Send(pair.client(), bytes(text), 0));
        Await.until(() -> ((Result.Value) lab.make(inq)).value() == there + text.length());
    }

    @Test
    void aSendThatWaitsTakesTheError() throws Exception {
        Lab.Pair pair = lab.pair();
        Call fill = new Call.Send(pair.client(), new byte[65536], MSG_DONTWAIT);
        while (lab.make(fill) instanceof Result.Returned) {}
        Future<Result> send = lab.startWaiting(new Call.Send(pair.client(), bytes("x"), 0), 1);
        disconnect(pair.client());
        assertThat(send.get()).isEqualTo(ECONNRESET);
        assertError(pair.client(), 0);
    }

    @Test
    void aSendThatIsPartWayReturnsThePartAndLeavesTheError() throws Exception {
        Lab.Pair pair = lab.pair();
        Future<Result> send =
                lab.startWaiting(new Call.Send(pair.client(), new byte[16 << 20], 0), 1);
        disconnect(pair.client());
        assertThat(((Result.Returned) send.get()).value()).isBetween(1, (16 << 20) - 1);
        assertError(pair.client(), 104);
    }

    @Test
    void callsThatWaitForTheirConnectionEndToo() throws Exception {
        int listener = lab.listener();
        lab.make(new Call.Listen(listener, 0));
        lab.make(new Call.Connect(lab.socket(), lab.name(listener)));
        int type = SocketType.SOCK_STREAM | SocketFlag.SOCK_NONBLOCK;
        int client = fd(lab.make(new Call.Socket(AddressFamily.AF_INET, type, 0)));
        lab.make(new Call.Connect(client, lab.name(listener)));
        lab.make(new Call.Fcntl(client, FcntlCommand.F_SETFL, 0));
        Future<Result> send = lab.startWaiting(new Call.Send(client, bytes("x"), 0), 1);
        Future<Result> recv = lab.startWaiting(new Call.Recv(client, 1, 0), 2);
        disconnect(client);
        assertThat(send.get()).isEqualTo(ECONNRESET);
        assertThat(recv.get()).isEqualTo(EPIPE);
        assertError(client, 0);
    }

    @Test
    void whoWaitsIsToldAlsoWhenTheSocketConnectsAgainAtOnce() throws Exception {
        Lab.Pair pair = lab.pair();
        int listener = lab.listener();
        Future<Result> recv = lab.startWaiting(new Call.Recv(pair.server(), 1, 0), 1);
        disconnect(pair.server());
        lab.make(new Call.Connect(pair.server(), lab.name(listener)));
        assertThat(recv.get()).isEqualTo(EPIPE);
    }

    @Test
    void anAcceptEndsAsItsListenerListensNoMore() throws Exception {
        int listener = lab.listener();
        Future<Result> accept = lab.startWaiting(new Call.Accept(listener, 0), 1);
        disconnect(listener);
        assertThat(accept.get()).isEqualTo(new Result.Failure(Errno.EINVAL));
    }

    @Test
    void whoWaitsForADatagramGoesOn() throws Exception {
        SocketAddress name = lab.name(datagrams(Lab.loopback(0)));
        lab.make(new Call.Close(3));
        int receiver = datagrams(name);
        lab.make(new Call.Connect(receiver, name));
        Future<Result> recv = lab.startWaiting(new Call.Recv(receiver, 9, 0), 1);
        disconnect(receiver);
        assertThat(lab.make(new Call.Sendto(receiver, bytes("x"), 0, name)))
                .isEqualTo(new Result.Returned(1));
        assertThat(text(recv.get())).isEqualTo("x");
    }

    /** A socket whose port was chosen by bind loses it with its peer. */
    private int datagrams(SocketAddress name) {
        int fd = fd(lab.make(new Call.Socket(AddressFamily.AF_INET, SocketType.SOCK_DGRAM, 0)));
        assertThat(lab.make(new Call.Bind(fd, name))).isEqualTo(new Result.Returned(0));
        return fd;
    }
}
