package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_CTRUNC;
import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_PEEK;
import static dev.socketlab.abi.MessageFlag.MSG_TRUNC;
import static dev.socketlab.abi.MessageFlag.MSG_WAITALL;
import static dev.socketlab.syscall.Lab.bytes;
import static dev.socketlab.syscall.Lab.fd;
import static dev.socketlab.syscall.Lab.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.OpenFds;
import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.OwnCredentials;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.LimitException;
import dev.socketlab.session.LimitException.Limit;
import dev.socketlab.session.Rights;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** sendmsg and recvmsg, and file descriptors in flight: SECURITY T17. */
@ExtendWith(Leaks.class)
@Timeout(60)
class MessageKernelTests {
    private final Lab lab = Lab.real();

    @AfterEach
    void close() {
        lab.close();
    }

    private Result sendRights(int over, Integer... fds) {
        return lab.make(
                new Call.Sendmsg(
                        over,
                        null,
                        List.of(bytes("x")),
                        List.of(new Control.Rights(List.of(fds))),
                        0));
    }

    private Result.Received recvmsg(int fd, int controllen, int flags) {
        return (Result.Received) lab.make(new Call.Recvmsg(fd, List.of(9L), controllen, flags));
    }

    private static List<Integer> rights(Result.Received received) {
        return received.with().control().stream()
                .flatMap(one ->
                        one instanceof Control.Rights(List<Integer> fds)
                                ? fds.stream()
                                : Stream.of())
                .toList();
    }

    @Test
    void buffersAreGatheredAndFilledInTheirOrder() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_SEQPACKET);
        lab.make(
                new Call.Sendmsg(
                        pair.first(),
                        null,
                        List.of(bytes("ab"), bytes(""), bytes("cdef")),
                        List.of(),
                        0));
        Result.Received received =
                (Result.Received)
                        lab.make(new Call.Recvmsg(pair.second(), List.of(1L, 0L, 4L), 0, 0));
        assertThat(received.returned()).isEqualTo(5);
        assertThat(text(received)).isEqualTo("abcde");
        assertThat(received.with().flags()).isEqualTo(MSG_TRUNC);
    }

    @Test
    void aReceivedFdIsTheLowestFreeOneAndSharesTheOpenFileDescription() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        int sent = lab.socket();
        lab.make(new Call.Fcntl(sent, FcntlCommand.F_SETFL, StatusFlag.O_NONBLOCK));
        assertThat(sendRights(pair.first(), sent)).isEqualTo(new Result.Returned(1));
        lab.make(new Call.Close(sent));
        Result.Received received = recvmsg(pair.second(), 64, 0);
        assertThat(rights(received)).containsExactly(sent);
        assertThat(lab.make(new Call.Fcntl(sent, FcntlCommand.F_GETFL, 0)))
                .isInstanceOfSatisfying(
                        Result.Flags.class,
                        flags -> assertThat(flags.mask() & StatusFlag.O_NONBLOCK).isNotZero());
        assertThat(lab.session.resources().rights().count()).isZero();
    }

    @Test
    void anEpollInstanceInFlightKeepsItsSetAndItsData() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        int epoll = fd(lab.make(new Call.EpollCreate1(0)));
        lab.make(new Call.EpollCtl(epoll, 1, pair.first(), 4, "\"first\""));
        sendRights(pair.first(), epoll);
        lab.make(new Call.Close(epoll));
        int received = rights(recvmsg(pair.second(), 64, 0)).getFirst();
        assertThat(lab.make(new Call.EpollWait(received, 9, 0)))
                .isEqualTo(new Result.Events(List.of(new Result.Event(4, "\"first\""))));
    }

    /**
     * The kernel's fd of an entry ends with the last descriptor, and its number is another's then.
     */
    @Test
    void aSocketThatWasInFlightHasItsEntriesUnderItsNewFd() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        int epoll = fd(lab.make(new Call.EpollCreate1(0)));
        int sent = lab.socket();
        lab.make(new Call.EpollCtl(epoll, 1, sent, 4, "1"));
        sendRights(pair.first(), sent);
        lab.make(new Call.Close(sent));
        int other = lab.socket(); // may have the kernel's number that the entry had
        int received = rights(recvmsg(pair.second(), 64, 0)).getFirst();
        lab.make(new Call.Dup2(received, sent));
        for (int op : new int[] {1, 3, 2}) {
            assertThat(lab.make(new Call.EpollCtl(epoll, op, sent, 4, "2")))
                    .isEqualTo(new Result.Returned(0));
        }
        assertThat(other).isEqualTo(sent);
    }

    @Test
    void whatIsNotOpenIsNotSent() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        assertThat(sendRights(pair.first(), pair.second(), 3000))
                .isEqualTo(new Result.Failure(Errno.EBADF));
        assertThat(lab.session.resources().rights().count()).isZero();
    }

    @Test
    void fdsThatDoNotFitAreClosedAndMsgCtruncSaysSo() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        int open = lab.openFiles.inUse();
        Integer[] five = Collections.nCopies(5, pair.first()).toArray(Integer[]::new);
        sendRights(pair.first(), five);
        Result.Received two = recvmsg(pair.second(), ControlMessage.HEADER_SIZE + 8, 0);
        assertThat(rights(two)).hasSize(2);
        assertThat(two.with().flags() & MSG_CTRUNC).isNotZero();
        assertThat(lab.openFiles.inUse()).isEqualTo(open + 2);
        sendRights(pair.first(), five);
        assertThat(lab.make(new Call.Recv(pair.second(), 9, 0)))
                .isInstanceOf(Result.Received.class);
        assertThat(lab.openFiles.inUse()).isEqualTo(open + 2);
    }

    @Test
    void aFullTableClosesWhatComesAndMsgCtruncSaysSo() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        sendRights(pair.first(), pair.first(), pair.first());
        while (lab.make(new Call.Dup(pair.first())) instanceof Result.NewDescriptor) {
            assertThat(lab.session.openFds()).isNotEmpty();
        }
        int freed = lab.session.openFds().getLast();
        lab.make(new Call.Close(freed));
        Result.Received one = recvmsg(pair.second(), 64, 0);
        assertThat(rights(one)).containsExactly(freed);
        assertThat(one.with().flags() & MSG_CTRUNC).isNotZero();
        assertThat(lab.openFiles.inUse()).isEqualTo(Lab.SETTINGS.maxFds());
    }

    @Test
    void aPeekGivesNewFdsAndTheMessageStays() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        sendRights(pair.first(), pair.first());
        assertThat(rights(recvmsg(pair.second(), 64, MSG_PEEK))).hasSize(1);
        assertThat(lab.session.resources().rights().count()).isEqualTo(1);
        assertThat(rights(recvmsg(pair.second(), 64, 0))).hasSize(1);
        assertThat(lab.session.resources().rights().count()).isZero();
    }

    @Test
    void aMessageHas253FdsAndNoMore() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        Integer[] most = Collections.nCopies(253, pair.first()).toArray(Integer[]::new);
        assertThat(sendRights(pair.first(), most)).isEqualTo(new Result.Returned(1));
        assertThat(rights(recvmsg(pair.second(), 2048, 0))).hasSize(253);
        Integer[] more = Collections.nCopies(254, 999).toArray(Integer[]::new);
        assertThat(sendRights(pair.first(), more)).isEqualTo(new Result.Failure(Errno.EINVAL));
        assertThat(lab.session.resources().rights().count()).isZero();
    }

    /** Two control messages are one message: scm_fp_copy of net/core/scm.c. */
    @Test
    void asManyOfTwoControlMessages() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        Control half = new Control.Rights(Collections.nCopies(127, pair.first()));
        List<byte[]> iov = List.of(bytes("x"));
        assertThat(lab.make(new Call.Sendmsg(pair.first(), null, iov, List.of(half, half), 0)))
                .isEqualTo(new Result.Failure(Errno.EINVAL));
        assertThat(lab.session.resources().rights().count()).isZero();
    }

    @Test
    void asManyAreInFlightAsMayBeOpenUntilTheKernelHasDroppedThem() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        Result.NewPair other = lab.unixPair(SocketType.SOCK_DGRAM);
        int most = Lab.SETTINGS.maxFds();
        Integer[] half = Collections.nCopies(most / 2, pair.first()).toArray(Integer[]::new);
        for (int i = 0; i < 2; i++) {
            assertThat(sendRights(other.first(), half)).isEqualTo(new Result.Returned(1));
        }
        assertNoMoreInFlight(pair.first());
        assertThat(lab.make(new Call.Recv(pair.second(), 9, MSG_DONTWAIT)))
                .isEqualTo(new Result.Failure(Errno.EAGAIN));
        lab.make(new Call.Recv(other.second(), 9, 0));
        assertThat(sendRights(pair.first(), half)).isEqualTo(new Result.Returned(1));
        assertThat(lab.session.resources().rights().count()).isEqualTo(most);
        assertNoMoreInFlight(pair.first());
        lab.make(new Call.Recv(pair.second(), 9, 0));
        assertThat(sendRights(pair.first(), pair.first())).isEqualTo(new Result.Returned(1));
        lab.make(new Call.Close(other.second()));
        lab.make(new Call.Recv(pair.second(), 9, 0));
        assertThat(sendRights(pair.first(), half)).isEqualTo(new Result.Returned(1));
        assertThat(lab.session.resources().rights().count()).isEqualTo(most / 2);
    }

    private void assertNoMoreInFlight(int fd) {
        int before = lab.session.resources().rights().count();
        assertThatExceptionOfType(LimitException.class)
                .isThrownBy(() -> sendRights(fd, fd))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(Limit.FDS_IN_FLIGHT));
        assertThat(lab.session.resources().rights().count()).isEqualTo(before);
        assertThat(lab.session.resources().rights().unsent()).isZero();
    }

    @Test
    void aMessageWithFdsEndsAWaitForAll() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        sendRights(pair.first(), pair.first());
        lab.make(new Call.Send(pair.first(), bytes("yz"), 0));
        Result.Received received = recvmsg(pair.second(), 64, MSG_WAITALL);
        assertThat(text(received)).isEqualTo("x");
        assertThat(rights(received)).hasSize(1);
    }

    @Test
    void aLingeringSocketInFlightBlocksNobody() {
        Lab.Pair tcp = lab.pair();
        lab.set(tcp.client(), SolSocket.SO_SNDBUF, new OptionValue.Scalar(1, 4));
        OptionValue linger = OptionValue.linger(1, 3600);
        lab.set(tcp.client(), SolSocket.SO_LINGER, linger);
        while (lab.make(new Call.Send(tcp.client(), new byte[65536], 0x40))
                instanceof Result.Returned) {
            assertThat(lab.openFiles.inUse()).isPositive();
        }
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        sendRights(pair.first(), tcp.client());
        assertThat(lab.make(new Call.Getsockopt(tcp.client(), 1, SolSocket.SO_LINGER, null)))
                .isEqualTo(new Result.OptionRead(1, SolSocket.SO_LINGER, linger));
        lab.make(new Call.Close(tcp.client()));
        assertThat(text(lab.make(new Call.Recv(pair.second(), 9, 0)))).isEqualTo("x");
    }

    @Test
    void aSessionSendsItsOwnProcessesCredentialsAndNoOthers() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        byte[] own = OwnCredentials.read(lab.kernel);
        assertThat(sendCredentials(pair.first(), own)).isEqualTo(new Result.Returned(1));
        byte[] others = own.clone();
        others[0]++;
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> sendCredentials(pair.first(), others));
    }

    private Result sendCredentials(int fd, byte[] ucred) {
        ControlMessage message =
                new ControlMessage(SocketLevel.SOL_SOCKET, ControlType.SCM_CREDENTIALS, ucred);
        return lab.make(
                new Call.Sendmsg(
                        fd, null, List.of(bytes("x")), List.of(new Control.Other(message)), 0));
    }

    @Test
    void aSessionThatEndsWithFdsInFlightLeavesNothing() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        int epoll = fd(lab.make(new Call.EpollCreate1(0)));
        sendRights(pair.first(), epoll, pair.second(), lab.socket());
        lab.registry.end(lab.session);
        assertThat(lab.openFiles.inUse()).isZero();
    }

    @Test
    void whatIsBeingReceivedIsKnownUntilItHasBeen() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        sendRights(pair.first(), pair.first());
        Rights rights = lab.session.resources().rights();
        rights.beginReceiving();
        rights.reconcile(0);
        assertThat(rights.count()).isEqualTo(1);
        rights.endReceiving();
        rights.reconcile(0);
        assertThat(rights.count()).isZero();
    }

    @Test
    void whatTheKernelDroppedIsForgottenWhenItsFileIsClosed() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_DGRAM);
        int socket = lab.socket();
        sendRights(pair.first(), socket);
        lab.make(new Call.Recv(pair.second(), 9, 0));
        lab.make(new Call.Close(socket));
        assertThat(lab.session.resources().rights().count()).isZero();
    }

    @Test
    void anAcceptedConnectionLingersAsItsListenerThatWasInFlight() {
        int listener = lab.listener();
        OptionValue linger = OptionValue.linger(1, 7);
        lab.set(listener, SolSocket.SO_LINGER, linger);
        sendRights(lab.unixPair(SocketType.SOCK_DGRAM).first(), listener);
        lab.make(new Call.Connect(lab.socket(), lab.name(listener)));
        int accepted = fd(lab.make(new Call.Accept(listener, 0)));
        assertThat(lab.make(new Call.Getsockopt(accepted, 1, SolSocket.SO_LINGER, null)))
                .isEqualTo(new Result.OptionRead(1, SolSocket.SO_LINGER, linger));
    }

    @Test
    void allOfMoreThanTheBuffersHoldIsReceivedWithControlMessagesAskedFor() throws Exception {
        Result.NewPair unix = lab.unixPair(SocketType.SOCK_STREAM);
        receiveAll(unix.first(), unix.second());
        passCredentials(unix.second());
        receiveAll(unix.first(), unix.second());
        Lab.Pair tcp = lab.pair();
        receiveAll(tcp.client(), tcp.server());
    }

    private void passCredentials(int fd) {
        switchOn(fd, SolSocket.SO_PASSCRED);
    }

    /** In the kernel, whatever the policy says of it. */
    private SyscallResult switchOn(int fd, int option) {
        try (Descriptor.Lease lease = lab.session.resources().fds().lease(fd).orElseThrow()) {
            byte[] on = new OptionValue.Scalar(1, 4).toBytes();
            return lab.kernel.setsockopt(lease.kernelFd(), SocketLevel.SOL_SOCKET, option, on);
        }
    }

    /** No session may ask for one; should it come all the same, it is nobody's. */
    @Test
    void theFdOfAProcessIsClosedAndToldByCtrunc() {
        Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
        SyscallResult passing = switchOn(pair.second(), SolSocket.SO_PASSPIDFD);
        assumeTrue(passing instanceof SyscallResult.Success, "the kernel has no SO_PASSPIDFD");
        lab.make(new Call.Send(pair.first(), bytes("x"), 0));
        int before = OpenFds.matching(".*pidfd.*").size();

        Result.Received received = recvmsg(pair.second(), 64, 0);

        assertThat(text(received)).isEqualTo("x");
        assertThat(received.with().control()).isEmpty();
        assertThat(received.with().flags() & MSG_CTRUNC).isEqualTo(MSG_CTRUNC);
        assertThat(OpenFds.matching(".*pidfd.*")).hasSize(before);
    }

    private void receiveAll(int from, int to) throws Exception {
        byte[] all = new byte[900_000];
        new Random(1).nextBytes(all);
        Future<Result> received =
                lab.start(new Call.Recvmsg(to, List.of((long) all.length), 64, MSG_WAITALL));
        Future<Result> sent = lab.start(new Call.Send(from, all, 0));
        assertThat(((Result.Received) received.get()).bytes()).isEqualTo(all);
        assertThat(sent.get()).isEqualTo(new Result.Returned(all.length));
    }
}
