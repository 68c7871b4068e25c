package dev.socketlab.syscall;

import static dev.socketlab.linux.ScriptedKernel.failure;
import static dev.socketlab.linux.ScriptedKernel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.Await;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallException;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.LimitException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session does with the kernel's answers, the kernel being scripted. */
@Timeout(30)
class CallsTests {
    private static final Errno ENOBUFS = new Errno(105);

    private final ScriptedKernel kernel = new ScriptedKernel();
    private final Lab lab = new Lab(kernel, Lab.SETTINGS, "192.0.2.0/24:80");

    @AfterEach
    void close() {
        lab.close();
    }

    private int socket(int kernelFd) {
        kernel.answers("socket", success(kernelFd));
        return lab.socket();
    }

    private void peerIs(String address) {
        byte[] bytes = SocketAddress.inet(address, 5000).orElseThrow().toBytes();
        kernel.fills(
                "accept4",
                out -> {
                    out.set(bytes);
                    return success(0);
                });
    }

    private long made(String call) {
        return kernel.calls().stream().filter(one -> one.startsWith(call)).count();
    }

    @Test
    void aFailedCallIsTheKernelsErrnoWhateverItsNumber() {
        int fd = socket(70);
        kernel.answers("shutdown", failure(new Errno(4711)));
        assertThat(lab.make(new Call.Shutdown(fd, 1)))
                .isEqualTo(new Result.Failure(new Errno(4711)));
    }

    @Test
    void ebadfComesBeforePolicyAndTheKernelIsNotAsked() {
        assertThat(lab.make(new Call.Bind(9, SocketAddress.inet("8.8.8.8", 1).orElseThrow())))
                .isEqualTo(new Result.Failure(Errno.EBADF));
        assertThat(lab.make(new Call.Setsockopt(9, 1, 26, new OptionValue.Raw(new byte[8]))))
                .isEqualTo(new Result.Failure(Errno.EBADF));
        assertThat(made("bind") + made("setsockopt")).isZero();
    }

    @Test
    void whatPolicyRefusesTheKernelIsNotAsked() {
        int fd = socket(70);
        SocketAddress outside = SocketAddress.inet("8.8.8.8", 1).orElseThrow();
        kernel.fills(
                "getsockname",
                out -> {
                    out.set(SocketAddress.inet("0.0.0.0", 0).orElseThrow().toBytes());
                    return success(0);
                });
        long atBirth = made("getsockopt");
        for (Call call :
                new Call[] {
                    new Call.Bind(fd, outside),
                    new Call.Connect(fd, outside),
                    new Call.Listen(fd, 1),
                    new Call.Socket(16, 3, 0),
                    new Call.Socket(2, 3, 1),
                    new Call.Setsockopt(fd, 1, 26, new OptionValue.Raw(new byte[8])),
                    new Call.Getsockopt(fd, 0, 64, null),
                    new Call.Fcntl(fd, 8, 1)
                }) {
            assertThatExceptionOfType(PolicyException.class).isThrownBy(() -> lab.make(call));
        }
        assertThat(
                        made("bind")
                                + made("connect")
                                + made("listen")
                                + made("setsockopt")
                                + made("fcntl"))
                .isZero();
        assertThat(made("getsockopt")).isEqualTo(atBirth);
    }

    @Test
    void noShutdownComesBetweenTheJudgementOfAnAddressAndItsUse() throws Exception {
        int fd = socket(70);
        Thread shutdown = new Thread(() -> lab.make(new Call.Shutdown(fd, 2)));
        kernel.fills(
                "getsockname",
                out -> {
                    if (shutdown.getState() != Thread.State.NEW) {
                        return failure(ENOBUFS);
                    }
                    shutdown.start();
                    Await.until(() -> shutdown.getState() == Thread.State.BLOCKED);
                    out.set(Lab.loopback(80).toBytes());
                    return success(0);
                });
        assertThat(lab.make(new Call.Listen(fd, 1))).isEqualTo(new Result.Returned(0));
        shutdown.join();
        assertThat(kernel.calls())
                .containsSubsequence("getsockname(70)", "listen(70)", "shutdown(70)");
    }

    @Test
    void aPeerThatPolicyRefusesIsResetAndNeverReturned() {
        int fd = socket(70);
        kernel.answers("accept4", success(71), failure(Errno.EAGAIN));
        peerIs("198.51.100.1");
        assertThat(lab.make(new Call.Accept(fd, 0), Duration.ZERO))
                .isEqualTo(new Result.Failure(Errno.EINTR, "the wait is over"));
        assertThat(kernel.calls())
                .containsSubsequence("accept4(70)", "setsockopt(71)", "close(71)");
        assertThat(lab.session.openFds()).containsExactly(fd);
        assertThat(lab.openFiles.inUse()).isEqualTo(1);
    }

    @Test
    void aPeerThatIsListedIsAccepted() {
        int fd = socket(70);
        kernel.answers("accept4", success(71));
        peerIs("192.0.2.9");
        assertThat(lab.make(new Call.Accept(fd, 0)))
                .isEqualTo(
                        new Result.NewDescriptor(
                                4, SocketAddress.inet("192.0.2.9", 5000).orElseThrow(), true));
    }

    @Test
    void theProcessesOwnEmfileIsTheServicesLimitAndNotTheSessions() {
        kernel.answers("socket", failure(Errno.EMFILE));
        assertThatExceptionOfType(LimitException.class)
                .isThrownBy(lab::socket)
                .satisfies(e -> assertThat(e.limit().isService()).isTrue());
        int fd = socket(70);
        kernel.answers("accept4", failure(Errno.EMFILE));
        assertThatExceptionOfType(LimitException.class)
                .isThrownBy(() -> lab.make(new Call.Accept(fd, 0)));
        assertThat(lab.openFiles.inUse()).isEqualTo(1);
        assertThat(socket(71)).isEqualTo(4);
    }

    @Test
    void aSocketForWhichThereIsNoNumberIsClosed() {
        for (int i = 0; i < 256; i++) {
            socket(100 + i);
        }
        kernel.answers("socket", success(99));
        assertThat(lab.make(new Call.Socket(2, 1, 0))).isEqualTo(new Result.Failure(Errno.EMFILE));
        assertThat(kernel.calls()).contains("close(99)");
        assertThat(lab.openFiles.inUse()).isEqualTo(256);
        kernel.answers("socket", failure(ENOBUFS));
        assertThat(lab.make(new Call.Socket(2, 1, 0))).isEqualTo(new Result.Failure(ENOBUFS));
        assertThat(lab.openFiles.inUse()).isEqualTo(256);
    }

    @Test
    void aSpuriousWakeTriesAgainAndWaitsOn() throws Exception {
        int fd = socket(70);
        kernel.answers(
                "recv",
                failure(Errno.EAGAIN),
                failure(Errno.EAGAIN),
                failure(Errno.EAGAIN),
                success(1));
        Future<Result> recv = lab.start(new Call.Recv(fd, 1, 0));
        for (int tries = 2; tries <= 4; tries++) {
            lab.awaitWaiting(1);
            kernel.report(70, EpollEvent.EPOLLIN);
            int expected = tries;
            Await.until(() -> made("recv(70)") >= expected);
        }
        assertThat(((Result.Received) recv.get()).returned()).isEqualTo(1);
        assertThat(lab.loop.registered()).isZero();
    }

    @Test
    void aSendInPiecesReturnsTheSum() throws Exception {
        int fd = socket(70);
        kernel.answers("send", success(3), success(4), failure(Errno.EAGAIN), success(3));
        Future<Result> send = lab.start(new Call.Send(fd, new byte[10], 0));
        for (int tries = 2; tries <= 4; tries++) {
            lab.awaitWaiting(1);
            kernel.report(70, EpollEvent.EPOLLOUT);
            int expected = tries;
            Await.until(() -> made("send(70)") >= expected);
        }
        assertThat(send.get()).isEqualTo(new Result.Returned(10));
    }

    @Test
    void aSendThatIsBrokenHalfWayDoesNotTakeTheError() throws Exception {
        int fd = socket(70);
        kernel.answers("send", success(3));
        Future<Result> send = lab.start(new Call.Send(fd, new byte[10], 0));
        lab.awaitWaiting(1);
        kernel.report(70, EpollEvent.EPOLLERR | EpollEvent.EPOLLHUP);
        assertThat(send.get()).isEqualTo(new Result.Returned(3));
        assertThat(made("send(70)")).isEqualTo(1);
    }

    @Test
    void whenTheKernelTakesNoFurtherFdIntoEpollTheCallFailsAndNothingIsLeft() {
        int fd = socket(70);
        kernel.answers("recv", failure(Errno.EAGAIN));
        kernel.answers("epoll_ctl ADD", failure(new Errno(28)));
        assertThatExceptionOfType(SyscallException.class)
                .isThrownBy(() -> lab.make(new Call.Recv(fd, 1, 0)));
        assertThat(lab.calls.waiting()).isZero();
        assertThat(lab.loop.registered()).isZero();
    }

    @Test
    void anOptionThatTheKernelGivesInAnotherSizeComesRaw() {
        int fd = socket(70);
        kernel.fills(
                "getsockopt",
                (OutBuffer out) -> {
                    out.set(new byte[] {1, 2, 3});
                    return success(0);
                });
        assertThat(lab.make(new Call.Getsockopt(fd, 1, 13, null)))
                .isInstanceOfSatisfying(
                        Result.OptionRead.class,
                        read -> assertThat(read.optval()).isInstanceOf(OptionValue.Raw.class));
    }

    @Test
    void onlyTheLastDuplicateOfALingeringSocketLingers() {
        int fd = socket(70);
        kernel.answers("fcntl", success(71));
        int duplicate = Lab.fd(lab.make(new Call.Fcntl(fd, 0, 0)));
        lab.make(new Call.Close(fd));
        assertThat(made("getsockopt(70)")).as("SO_COOKIE alone").isEqualTo(1);
        lab.make(new Call.Close(duplicate));
        assertThat(made("getsockopt(71)")).as("SO_LINGER too").isEqualTo(2);
        assertThat(lab.openFiles.inUse()).isZero();
    }
}
