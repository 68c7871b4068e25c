package dev.socketlab.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.SocketAddress;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * connect(2) that waits for room in the backlog of a UNIX listener, and what wakes it: each as a C
 * program on Linux 6.18 saw it.
 */
@ExtendWith(Leaks.class)
@Timeout(60)
class UnixBacklogKernelTests {
    private static final SocketAddress NAME = new SocketAddress.Unix(Lab.bytes("l"));
    private static final Result ECONNREFUSED = new Result.Failure(Errno.ECONNREFUSED);

    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    /** A listener whose backlog is full. */
    private int fullListener(int type) {
        int listener = lab.unixSocket(type);
        lab.make(new Call.Bind(listener, NAME));
        lab.make(new Call.Listen(listener, 0));
        lab.make(new Call.Connect(lab.unixSocket(type), NAME));
        return listener;
    }

    private Future<Result> waitingConnect(int type, int waits) {
        return lab.startWaiting(new Call.Connect(lab.unixSocket(type), NAME), waits);
    }

    @ParameterizedTest
    @ValueSource(ints = {SocketType.SOCK_STREAM, SocketType.SOCK_SEQPACKET})
    void aListenerThatIsShutDownRefusesWhoIsWoken(int type) throws Exception {
        int listener = fullListener(type);
        Future<Result> first = waitingConnect(type, 1);
        Future<Result> second = waitingConnect(type, 2);
        lab.make(new Call.Shutdown(listener, ShutdownHow.SHUT_RD));
        lab.make(new Call.Listen(listener, 0));
        assertThat(lab.loop.waiting()).isEqualTo(2);
        lab.make(new Call.Accept(listener, 0));
        assertThat(first.get()).isEqualTo(ECONNREFUSED);
        assertThat(lab.loop.waiting()).isEqualTo(1);
        lab.make(new Call.Listen(listener, 3));
        assertThat(second.get()).isEqualTo(ECONNREFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {SocketType.SOCK_STREAM, SocketType.SOCK_SEQPACKET})
    void anAcceptMakesRoomForTheFirstAndAGreaterBacklogForAll(int type) throws Exception {
        int listener = fullListener(type);
        Future<Result> first = waitingConnect(type, 1);
        Future<Result> second = waitingConnect(type, 2);
        Future<Result> third = waitingConnect(type, 3);
        lab.make(new Call.Accept(listener, 0));
        assertThat(first.get()).isEqualTo(new Result.Returned(0));
        assertThat(lab.loop.waiting()).isEqualTo(2);
        lab.make(new Call.Listen(listener, -1));
        assertThat(second.get()).isEqualTo(new Result.Returned(0));
        assertThat(third.get()).isEqualTo(new Result.Returned(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {SocketType.SOCK_STREAM, SocketType.SOCK_SEQPACKET})
    void aListenerThatClosesRefusesAllThatWait(int type) throws Exception {
        int listener = fullListener(type);
        Future<Result> first = waitingConnect(type, 1);
        Future<Result> second = waitingConnect(type, 2);
        lab.make(new Call.Close(listener));
        assertThat(first.get()).isEqualTo(ECONNREFUSED);
        assertThat(second.get()).isEqualTo(ECONNREFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {SocketType.SOCK_STREAM, SocketType.SOCK_SEQPACKET})
    void aConnectIsJudgedOnceMoreWhenTheSocketsTimeoutIsOver(int type) throws Exception {
        int listener = fullListener(type);
        int client = lab.unixSocket(type);
        lab.set(client, SolSocket.SO_SNDTIMEO, OptionValue.timeval(0, 300_000));
        Future<Result> connect = lab.startWaiting(new Call.Connect(client, NAME), 1);
        lab.make(new Call.Shutdown(listener, ShutdownHow.SHUT_RD));
        assertThat(connect.get()).isEqualTo(ECONNREFUSED);
    }
}
