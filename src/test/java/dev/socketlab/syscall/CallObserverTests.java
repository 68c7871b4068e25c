package dev.socketlab.syscall;

import static dev.socketlab.linux.ScriptedKernel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.Await;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.CallObserver;
import dev.socketlab.session.CallObservers;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Invocation;
import dev.socketlab.session.NotFoundException;
import dev.socketlab.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallObserverTests {
    /** Writes what it sees: the session's name, the call's number and name, and what happened. */
    private static final class Diary implements CallObserver {
        private final List<String> entries = new CopyOnWriteArrayList<>();

        private void note(Invocation invocation, String what) {
            entries.add(
                    "%s %d %s %s"
                            .formatted(
                                    invocation.session().name(),
                                    invocation.number(),
                                    invocation.call().name(),
                                    what));
        }

        @Override
        public void began(Invocation invocation) {
            note(invocation, "began");
        }

        @Override
        public void ended(Invocation invocation, Result result, long nanos) {
            assertThat(nanos).isNotNegative();
            note(invocation, "ended " + result.getClass().getSimpleName());
        }

        @Override
        public void refused(Invocation invocation, Throwable because) {
            note(invocation, "refused " + because.getClass().getSimpleName());
        }

        @Override
        public void waitBegan(Invocation invocation) {
            note(invocation, "waits");
        }

        @Override
        public void waitEnded(Invocation invocation) {
            note(invocation, "waited");
        }
    }

    private static final Call STREAM =
            new Call.Socket(AddressFamily.AF_INET, SocketType.SOCK_STREAM, 0);
    private static final Caller CALLER = new Caller(Duration.ofSeconds(20), Caller.Presence.ALWAYS);

    private final Diary diary = new Diary();

    @Test
    void eachCallIsSeenFromItsBeginningToItsEndWithItsSessionAndItsNumberThere() {
        ScriptedKernel kernel = new ScriptedKernel();
        kernel.answers("socket", success(70), success(71));
        try (Lab lab = new Lab(kernel, Lab.SETTINGS, diary)) {
            Session other = lab.session("other");
            lab.calls.make(other, STREAM, CALLER);
            lab.calls.make(other, new Call.Close(9), CALLER);
            Session third = lab.session("third");
            lab.calls.make(third, STREAM, CALLER);
        }
        assertThat(diary.entries)
                .containsExactly(
                        "other 1 socket began",
                        "other 1 socket ended NewDescriptor",
                        "other 2 close began",
                        "other 2 close ended Failure",
                        "third 1 socket began",
                        "third 1 socket ended NewDescriptor");
    }

    @Test
    void aCallThatIsNotMadeIsRefusedAndDoesNotEnd() {
        ScriptedKernel kernel = new ScriptedKernel();
        kernel.answers("socket", success(70));
        try (Lab lab = new Lab(kernel, Lab.SETTINGS, diary)) {
            Session one = lab.session("one");
            lab.calls.make(one, STREAM, CALLER);
            Call outside = new Call.Bind(3, SocketAddress.inet("192.0.2.1", 80).orElseThrow());
            assertThatExceptionOfType(PolicyException.class)
                    .isThrownBy(() -> lab.calls.make(one, outside, CALLER));
            lab.registry.end(one);
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> lab.calls.make(one, new Call.Close(3), CALLER));
        }
        assertThat(diary.entries)
                .containsExactly(
                        "one 1 socket began",
                        "one 1 socket ended NewDescriptor",
                        "one 2 bind began",
                        "one 2 bind refused PolicyException",
                        "one 3 close began",
                        "one 3 close refused NotFoundException");
    }

    @Test
    void aWaitIsSeenWithinItsCallByAllWhoSeeCalls() throws Exception {
        Diary second = new Diary();
        CallObserver both = new CallObservers(List.of(diary, second));
        try (Lab lab = new Lab(new LinuxKernel(), Lab.SETTINGS, both)) {
            Session one = lab.session("one");
            Call pair = new Call.Socketpair(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, 0);
            lab.calls.make(one, pair, CALLER);
            Call recv = new Call.Recv(3, 10, 0);
            Future<Result> waiting = lab.background.submit(() -> lab.calls.make(one, recv, CALLER));
            Await.until(() -> diary.entries.contains("one 2 recv waits"));
            lab.calls.make(one, new Call.Send(4, new byte[1], 0), CALLER);
            waiting.get();
        }
        assertThat(diary.entries)
                .containsSubsequence(
                        "one 2 recv began",
                        "one 2 recv waits",
                        "one 3 send began",
                        "one 2 recv waited",
                        "one 2 recv ended Received");
        assertThat(second.entries).containsExactlyInAnyOrderElementsOf(diary.entries);
    }
}
