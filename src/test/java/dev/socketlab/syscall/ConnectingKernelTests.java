package dev.socketlab.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connects that wait, and what ends them. */
@ExtendWith(Leaks.class)
@Timeout(60)
class ConnectingKernelTests {
    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void twoConnectsThatWaitForOneConnectionBothSucceed() throws Exception {
        int listener = lab.listener();
        lab.make(new Call.Listen(listener, 0));
        int filler = lab.socket();
        lab.make(new Call.Connect(filler, lab.name(listener)));
        int client = lab.socket();
        Call connect = new Call.Connect(client, lab.name(listener));
        Future<Result> one = lab.start(connect);
        Future<Result> two = lab.start(connect);
        lab.awaitWaiting(2);
        lab.make(new Call.Accept(listener, 0));
        assertThat(one.get()).isEqualTo(new Result.Returned(0));
        assertThat(two.get()).isEqualTo(new Result.Returned(0));
    }

    @Test
    void aConnectWhoseWaitEndsGoesOnInTheKernel() {
        int listener = lab.listener();
        lab.make(new Call.Listen(listener, 0));
        int filler = lab.socket();
        lab.make(new Call.Connect(filler, lab.name(listener)));
        int client = lab.socket();
        Call connect = new Call.Connect(client, lab.name(listener));
        assertThat(lab.make(connect, Duration.ofMillis(20)))
                .isEqualTo(new Result.Failure(Errno.EINTR, "the wait is over"));
        lab.make(new Call.Accept(listener, 0));
        assertThat(lab.make(connect)).isEqualTo(new Result.Returned(0));
    }

    @Test
    void aConnectThatTheKernelDoesNotLookAtEndsNoOther() throws Exception {
        int listener = lab.listener();
        int client = connectingTo(listener);
        Future<Result> connect = lab.start(new Call.Connect(client, lab.name(listener)));
        lab.awaitWaiting(1);
        SocketAddress tooLong = new SocketAddress.Other(99, new byte[200]);
        assertThat(lab.make(new Call.Connect(client, tooLong)))
                .isEqualTo(new Result.Failure(Errno.EINVAL));
        lab.make(new Call.Accept(listener, 0));
        assertThat(connect.get()).isEqualTo(new Result.Returned(0));
    }

    /** A client whose SYN stays unanswered, the listener's queue being full. */
    private int connectingTo(int listener) {
        lab.make(new Call.Listen(listener, 0));
        lab.make(new Call.Connect(lab.socket(), lab.name(listener)));
        return lab.socket();
    }

    @Test
    void shuttingDownEndsTheConnectsThatWaitAsInTheKernel() throws Exception {
        int listener = lab.listener();
        int client = connectingTo(listener);
        Call connect = new Call.Connect(client, lab.name(listener));
        Future<Result> one = lab.start(connect);
        Future<Result> two = lab.start(connect);
        lab.awaitWaiting(2);
        lab.make(new Call.Shutdown(client, ShutdownHow.SHUT_RDWR));
        assertThat(List.of(one.get(), two.get()))
                .containsExactlyInAnyOrder(
                        new Result.Failure(new Errno(104)), new Result.Failure(Errno.EPIPE));
        assertThat(lab.make(new Call.Getpeername(client))).isInstanceOf(Result.Failure.class);
    }

    @Test
    void dissolvingEndsTheConnectThatWaitsAndBeginsNoOther() throws Exception {
        int listener = lab.listener();
        int client = connectingTo(listener);
        Future<Result> connect = lab.start(new Call.Connect(client, lab.name(listener)));
        lab.awaitWaiting(1);
        lab.make(new Call.Connect(client, SocketAddress.Other.unspec()));
        assertThat(connect.get()).isEqualTo(new Result.Failure(Errno.EPIPE));
    }
}
