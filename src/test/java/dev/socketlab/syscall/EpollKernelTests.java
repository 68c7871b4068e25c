package dev.socketlab.syscall;

import static dev.socketlab.abi.EpollEvent.EPOLLET;
import static dev.socketlab.abi.EpollEvent.EPOLLEXCLUSIVE;
import static dev.socketlab.abi.EpollEvent.EPOLLIN;
import static dev.socketlab.abi.EpollEvent.EPOLLONESHOT;
import static dev.socketlab.abi.EpollEvent.EPOLLOUT;
import static dev.socketlab.abi.EpollOperation.EPOLL_CTL_ADD;
import static dev.socketlab.abi.EpollOperation.EPOLL_CTL_DEL;
import static dev.socketlab.abi.EpollOperation.EPOLL_CTL_MOD;
import static dev.socketlab.syscall.Lab.bytes;
import static dev.socketlab.syscall.Lab.fd;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.Await;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.session.Descriptor;
import dev.socketlab.session.EpollInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** epoll and poll, as Linux has them. */
@ExtendWith(Leaks.class)
@Timeout(60)
class EpollKernelTests {
    private final Lab lab = Lab.real();
    private final int epoll = fd(lab.make(new Call.EpollCreate1(0)));
    private final Result.NewPair pair = lab.unixPair(SocketType.SOCK_STREAM);
    private final int in = pair.second();

    @AfterEach
    void close() {
        lab.close();
    }

    private Result control(int op, int fd, int events, String data) {
        return lab.make(new Call.EpollCtl(epoll, op, fd, events, data));
    }

    private List<Result.Event> events(int timeout) {
        return ((Result.Events) lab.make(new Call.EpollWait(epoll, 9, timeout))).events();
    }

    private void send() {
        lab.make(new Call.Send(pair.first(), bytes("x"), 0));
    }

    @Test
    void theDataComesBackAndIsTheNewOneAfterMod() {
        control(EPOLL_CTL_ADD, in, EPOLLIN, "{\"a\":[1]}");
        assertThat(events(0)).isEmpty();
        send();
        assertThat(events(-1)).containsExactly(new Result.Event(EPOLLIN, "{\"a\":[1]}"));
        control(EPOLL_CTL_MOD, in, EPOLLIN, "null");
        assertThat(events(-1)).containsExactly(new Result.Event(EPOLLIN, "null"));
        control(EPOLL_CTL_DEL, in, 0, "null");
        assertThat(events(0)).isEmpty();
        assertThat(control(EPOLL_CTL_DEL, in, 0, "null")).isEqualTo(Lab.failure("ENOENT"));
    }

    @Test
    void anEdgeIsToldOnceAndOneshotUntilItIsArmedAgain() {
        control(EPOLL_CTL_ADD, in, EPOLLIN | EPOLLET, "1");
        send();
        assertThat(events(0)).hasSize(1);
        assertThat(events(0)).isEmpty();
        send();
        assertThat(events(0)).hasSize(1);
        control(EPOLL_CTL_MOD, in, EPOLLIN | EPOLLONESHOT, "2");
        assertThat(events(0)).hasSize(1);
        send();
        assertThat(events(0)).isEmpty();
        control(EPOLL_CTL_MOD, in, EPOLLIN | EPOLLONESHOT, "3");
        assertThat(events(0)).containsExactly(new Result.Event(EPOLLIN, "3"));
    }

    @Test
    void aWaitIsWokenAndEndsWithItsTimeOrItsFd() throws Exception {
        control(EPOLL_CTL_ADD, in, EPOLLIN, "1");
        Future<Result> woken = lab.start(new Call.EpollWait(epoll, 1, -1));
        lab.awaitWaiting(1);
        send();
        assertThat(((Result.Events) woken.get()).events()).hasSize(1);
        lab.make(new Call.Recv(in, 9, 0));
        assertThat(events(5)).isEmpty();
        Future<Result> closed = lab.start(new Call.EpollWait(epoll, 1, -1));
        lab.awaitWaiting(1);
        lab.make(new Call.Close(epoll));
        assertThat(((Result.Failure) closed.get()).errno()).isEqualTo(Errno.EBADF);
    }

    @Test
    void anEntryIsToldByTheOpenFileAndTheNumberAsInAProcess() {
        control(EPOLL_CTL_ADD, in, EPOLLOUT, "1");
        int duplicate = fd(lab.make(new Call.Dup(in)));
        lab.make(new Call.Close(in));
        assertThat(events(0)).as("the open file is still there").hasSize(1);
        int third = fd(lab.make(new Call.Fcntl(duplicate, FcntlCommand.F_DUPFD, 100)));
        assertThat(control(EPOLL_CTL_ADD, third, EPOLLOUT, "3")).isEqualTo(new Result.Returned(0));
        lab.make(new Call.Dup2(duplicate, in));
        assertThat(control(EPOLL_CTL_ADD, in, EPOLLOUT, "1")).isEqualTo(Lab.failure("EEXIST"));
        assertThat(events(0)).hasSize(2);
        assertThat(control(EPOLL_CTL_DEL, in, 0, "null")).isEqualTo(new Result.Returned(0));
        assertThat(events(0)).containsExactly(new Result.Event(EPOLLOUT, "3"));
        for (int fd : List.of(in, duplicate, third)) {
            lab.make(new Call.Close(fd));
        }
        assertThat(events(0)).isEmpty();
        assertThat(lab.openFiles.inUse()).isEqualTo(2);
    }

    @Test
    void asDeepAsLinuxNestsThemTheyCanBeWaitedFor() throws Exception {
        control(EPOLL_CTL_ADD, in, EPOLLIN, "0");
        int outermost = epoll;
        for (int i = 0; i < 4; i++) {
            int next = fd(lab.make(new Call.EpollCreate1(0)));
            assertThat(lab.make(new Call.EpollCtl(next, EPOLL_CTL_ADD, outermost, EPOLLIN, "1")))
                    .isEqualTo(new Result.Returned(0));
            outermost = next;
        }
        int more = fd(lab.make(new Call.EpollCreate1(0)));
        assertThat(lab.make(new Call.EpollCtl(more, EPOLL_CTL_ADD, outermost, EPOLLIN, "1")))
                .isEqualTo(Lab.failure("ELOOP"));
        assertThat(control(EPOLL_CTL_ADD, epoll, EPOLLIN, "1")).isEqualTo(Lab.failure("EINVAL"));
        Future<Result> woken = lab.start(new Call.EpollWait(outermost, 1, -1));
        lab.awaitWaiting(1);
        send();
        assertThat(((Result.Events) woken.get()).events()).hasSize(1);
    }

    @Test
    void anExclusiveEntryWakesOneOfThoseWhoWait() throws Exception {
        int other = fd(lab.make(new Call.EpollCreate1(0)));
        control(EPOLL_CTL_ADD, in, EPOLLIN | EPOLLEXCLUSIVE, "1");
        lab.make(new Call.EpollCtl(other, EPOLL_CTL_ADD, in, EPOLLIN | EPOLLEXCLUSIVE, "2"));
        Future<Result> one = lab.start(new Call.EpollWait(epoll, 1, -1));
        Future<Result> two = lab.start(new Call.EpollWait(other, 1, -1));
        lab.awaitWaiting(2);
        send();
        Await.until(() -> one.isDone() || two.isDone());
        Future<Result> first = one.isDone() ? one : two;
        assertThat(((Result.Events) first.get()).events()).hasSize(1);
        lab.make(new Call.Close(epoll));
        lab.make(new Call.Close(other));
        assertThat(one.get()).isNotNull();
        assertThat(two.get()).isNotNull();
    }

    @Test
    void whatIsNoEpollInstanceAndHowManyEventsTheKernelJudges() {
        assertThat(lab.make(new Call.EpollWait(in, 1, 0))).isEqualTo(Lab.failure("EINVAL"));
        assertThat(lab.make(new Call.EpollWait(epoll, 0, 0))).isEqualTo(Lab.failure("EINVAL"));
        assertThat(lab.make(new Call.EpollWait(epoll, Integer.MAX_VALUE, 0)))
                .isEqualTo(Lab.failure("EINVAL"));
        assertThat(lab.make(new Call.EpollCtl(in, EPOLL_CTL_ADD, epoll, EPOLLIN, "1")))
                .isEqualTo(Lab.failure("EINVAL"));
        assertThat(lab.make(new Call.Listen(epoll, 1))).isEqualTo(Lab.failure("ENOTSOCK"));
        assertThat(lab.make(new Call.EpollCreate1(1))).isEqualTo(Lab.failure("EINVAL"));
    }

    @Test
    void whatIsKeptForEntriesEndsWithThem() {
        for (int i = 0; i < 1000; i++) {
            int fd = lab.socket();
            assertThat(control(EPOLL_CTL_ADD, fd, EPOLLIN, "1")).isEqualTo(new Result.Returned(0));
            lab.make(new Call.Close(fd));
        }
        EpollInstance instance =
                lab.session
                        .resources()
                        .fds()
                        .lease(epoll)
                        .map(lease -> {
                            try (lease) {
                                return lease.description().epoll().orElseThrow();
                            }
                        })
                        .orElseThrow();
        assertThat(instance.size()).isLessThan(130);
    }

    @Test
    void pollTellsOfEachFdAndOfThoseThatAreNotOpen() throws Exception {
        List<Call.Pollfd> fds =
                List.of(
                        new Call.Pollfd(in, PollEvent.POLLIN),
                        new Call.Pollfd(in, PollEvent.POLLIN | PollEvent.POLLOUT),
                        new Call.Pollfd(-1, PollEvent.POLLIN));
        Result.Polled now = (Result.Polled) lab.make(new Call.Poll(fds, -1));
        assertThat(now.returned()).isEqualTo(1);
        assertThat(now.fds().stream().map(Result.Revents::revents))
                .containsExactly(0, PollEvent.POLLOUT, 0);
        Future<Result> closed =
                lab.start(new Call.Poll(List.of(fds.getFirst(), fds.getLast()), -1));
        lab.awaitWaiting(1);
        lab.make(new Call.Close(in));
        assertThat(((Result.Polled) closed.get()).fds().getFirst().revents())
                .isEqualTo(PollEvent.POLLNVAL);
        assertThat(((Result.Polled) lab.make(new Call.Poll(List.of(), 1))).returned()).isZero();
        List<Call.Pollfd> many =
                IntStream.rangeClosed(0, 3 + Lab.SETTINGS.maxFds())
                        .mapToObj(_ -> new Call.Pollfd(-1, 0))
                        .toList();
        assertThat(lab.make(new Call.Poll(many, 0))).isEqualTo(Lab.failure("EINVAL"));
    }

    @Test
    void waitingCostsNoPlatformThread() throws Exception {
        int before = Thread.getAllStackTraces().size();
        List<Future<Result>> waits = new ArrayList<>();
        Call.Pollfd polled = new Call.Pollfd(in, PollEvent.POLLIN);
        for (int i = 0; i < 30; i++) {
            waits.add(lab.start(new Call.EpollWait(epoll, 1, -1)));
            waits.add(lab.start(new Call.Poll(List.of(polled), -1)));
        }
        lab.awaitWaiting(60);
        int carriers = Runtime.getRuntime().availableProcessors();
        assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(before + carriers + 2);
        lab.make(new Call.Close(epoll));
        lab.make(new Call.Close(in));
        for (Future<Result> wait : waits) {
            assertThat(wait.get()).isNotNull();
        }
    }

    @Test
    void pollOfNothingEndsWithItsSession() throws Exception {
        Future<Result> waiting = lab.start(new Call.Poll(List.of(), -1));
        lab.awaitWaiting(1);
        lab.registry.end(lab.session);
        assertThat(((Result.Failure) waiting.get()).errno()).isEqualTo(Errno.EINTR);
    }

    @Test
    void dup2ReplacesWhatWasOpenAndRefusesWhatCannotBe() {
        int duplicate = fd(lab.make(new Call.Dup2(pair.first(), epoll)));
        assertThat(duplicate).isEqualTo(epoll);
        lab.make(new Call.Send(epoll, bytes("through it"), 0));
        assertThat(Lab.text(lab.make(new Call.Recv(in, 99, 0)))).isEqualTo("through it");
        assertThat(lab.make(new Call.Dup2(in, in)))
                .isEqualTo(new Result.NewDescriptor(in, null, false));
        assertThat(lab.make(new Call.Dup2(in, -1))).isEqualTo(Lab.failure("EBADF"));
        assertThat(lab.make(new Call.Dup2(in, 100_000))).isEqualTo(Lab.failure("EBADF"));
        assertThat(fd(lab.make(new Call.Dup2(in, 1)))).isEqualTo(1);
        lab.make(new Call.Close(1));
        assertThat(fd(lab.make(new Call.Dup(in)))).as("1 stays taken").isGreaterThan(2);
    }

    @Test
    void twoThatReplaceOneAnotherDoNotWaitForOneAnother() throws Exception {
        for (int i = 0; i < 200; i++) {
            Future<Result> there = lab.start(new Call.Dup2(pair.first(), in));
            Future<Result> back = lab.start(new Call.Dup2(in, pair.first()));
            assertThat(there.get()).isEqualTo(new Result.NewDescriptor(in, null, false));
            assertThat(back.get()).isEqualTo(new Result.NewDescriptor(pair.first(), null, false));
        }
    }

    @Test
    void noMoreFdsAreKeptForEntriesThanASessionMayHave() {
        int most = Lab.SETTINGS.maxFds();
        for (int i = 0; i < 5; i++) {
            int instance = fd(lab.make(new Call.EpollCreate1(0)));
            for (int number = 50; number < 150; number++) {
                int fd = fd(lab.make(new Call.Fcntl(in, FcntlCommand.F_DUPFD, number)));
                lab.make(new Call.EpollCtl(instance, EPOLL_CTL_ADD, fd, EPOLLIN, "1"));
                lab.make(new Call.Close(fd));
            }
        }
        assertThat(lab.openFiles.inUse()).isEqualTo(3 + 5 + most);
        lab.make(new Call.Close(in));
        assertThat(lab.openFiles.inUse()).isEqualTo(2 + 5);
        assertThat(lab.session.resources().orphans().availablePermits()).isEqualTo(most);
    }

    @ParameterizedTest
    @ValueSource(ints = {EPOLLONESHOT, EPOLLET, EPOLLET | EPOLLEXCLUSIVE})
    void whatWasTakenForACallerWhoHasGoneIsTheNextOnes(int once) {
        control(EPOLL_CTL_ADD, in, EPOLLIN | once, "1");
        send();
        assertThat(events(0)).hasSize(1);
        assertThat(events(0)).isEmpty();
        giveBack();
        assertThat(events(0)).containsExactly(new Result.Event(EPOLLIN, "1"));
        lab.make(new Call.Recv(in, 9, 0));
        giveBack();
        assertThat(events(0)).as("it is ready no more").isEmpty();
        send();
        assertThat(events(0)).hasSize(1);
    }

    private void giveBack() {
        try (Descriptor.Lease lease = lab.session.resources().fds().lease(epoll).orElseThrow()) {
            EpollInstance instance = lease.description().epoll().orElseThrow();
            synchronized (instance) {
                List<EpollInstance.Taken> all = List.of(new EpollInstance.Taken(1, EPOLLIN));
                instance.giveBack(lab.kernel, lease.kernelFd(), all);
            }
        }
    }
}
