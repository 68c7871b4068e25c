package dev.socketlab.syscall;

import static dev.socketlab.abi.MessageFlag.MSG_DONTWAIT;
import static dev.socketlab.abi.MessageFlag.MSG_FASTOPEN;
import static dev.socketlab.linux.ScriptedKernel.failure;
import static dev.socketlab.linux.ScriptedKernel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.IntOption;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.policy.PolicyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SECURITY T2 and T12: every call that takes an address, a control message or an option asks. */
@Timeout(30)
class AddressDoorTests {
    private final ScriptedKernel kernel = new ScriptedKernel();
    private final Lab lab = new Lab(kernel, Lab.SETTINGS, "192.0.2.0/24:80");

    @AfterEach
    void close() {
        lab.close();
    }

    private int socket(int type) {
        kernel.answers("socket", success(70));
        kernel.fills("getsockopt", out -> fill(out, type));
        return Lab.fd(lab.make(new Call.Socket(AddressFamily.AF_INET, type, 0)));
    }

    /** SO_DOMAIN and SO_TYPE alike: 2 is AF_INET and SOCK_DGRAM. */
    private static SyscallResult fill(OutBuffer out, int value) {
        out.set(ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
        return success(0);
    }

    static Stream<SocketAddress> refused() {
        return Stream.of(
                        "8.8.8.8",
                        "0.0.0.0",
                        "169.254.169.254",
                        "224.0.0.1",
                        "255.255.255.255",
                        "10.0.0.1",
                        "::",
                        "::ffff:8.8.8.8",
                        "fe80::1",
                        "ff02::1",
                        "2002:808:808::")
                .map(text ->
                        text.contains(":")
                                ? SocketAddress.inet6(text, 53, 0, 0).orElseThrow()
                                : SocketAddress.inet(text, 53).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatMayNotBeReachedIsReachedByNoCall(SocketAddress addr) {
        int fd = socket(SocketType.SOCK_DGRAM);
        byte[] unspec = addr.toBytes();
        Arrays.fill(unspec, 0, 2, (byte) 0);
        SocketAddress asUnspec =
                new SocketAddress.Other(0, Arrays.copyOfRange(unspec, 2, unspec.length));
        List<byte[]> iov = List.of(new byte[1]);
        for (Call call :
                new Call[] {
                    new Call.Bind(fd, addr),
                    new Call.Connect(fd, addr),
                    new Call.Sendto(fd, new byte[1], 0, addr),
                    new Call.Sendto(fd, new byte[1], MSG_DONTWAIT, addr),
                    new Call.Sendto(fd, new byte[1], MSG_FASTOPEN, addr),
                    new Call.Sendmsg(fd, addr, iov, List.of(), 0),
                    new Call.Sendmsg(fd, addr, iov, List.of(), MSG_FASTOPEN)
                }) {
            assertThatExceptionOfType(PolicyException.class)
                    .as(call.toString())
                    .isThrownBy(() -> lab.make(call));
        }
        if (addr.family() == AddressFamily.AF_INET) {
            lab.make(new Call.Connect(fd, SocketAddress.Other.unspec()));
            assertThatExceptionOfType(PolicyException.class)
                    .isThrownBy(() -> lab.make(new Call.Sendto(fd, new byte[1], 0, asUnspec)));
        }
        assertThat(kernel.calls())
                .noneMatch(one -> one.startsWith("send") || one.startsWith("bind"));
    }

    @Test
    void whatIsListedIsReached() {
        int fd = socket(SocketType.SOCK_DGRAM);
        SocketAddress listed = SocketAddress.inet("192.0.2.7", 80).orElseThrow();
        kernel.answers("sendto", success(1));
        kernel.answers("sendmsg", success(1));
        assertThat(lab.make(new Call.Sendto(fd, new byte[1], 0, listed)))
                .isEqualTo(new Result.Returned(1));
        assertThat(lab.make(new Call.Sendmsg(fd, listed, List.of(new byte[1]), List.of(), 0)))
                .isEqualTo(new Result.Returned(1));
    }

    /** A socket that a send has bound takes datagrams from everywhere. */
    @Test
    void aDatagramFromWhereNothingMayComeIsDroppedAndTheNextOneTaken() {
        int fd = socket(SocketType.SOCK_DGRAM);
        Deque<String> senders = new ArrayDeque<>(List.of("8.8.8.8", "10.9.8.7", "192.0.2.7"));
        kernel.fills(
                "recvfrom",
                out -> {
                    String sender = senders.poll();
                    if (sender == null) {
                        return failure(Errno.EAGAIN);
                    }
                    out.set(SocketAddress.inet(sender, 53).orElseThrow().toBytes());
                    return success(3);
                });
        for (Call call :
                new Call[] {
                    new Call.Recvfrom(fd, 9, MSG_DONTWAIT), new Call.Recv(fd, 9, MSG_DONTWAIT)
                }) {
            Result result = lab.make(call);
            if (call instanceof Call.Recvfrom) {
                assertThat(((Result.Received) result).with().name())
                        .isEqualTo(SocketAddress.inet("192.0.2.7", 53).orElseThrow());
            } else {
                assertThat(result).isEqualTo(new Result.Failure(Errno.EAGAIN));
            }
        }
        senders.addAll(List.of("8.8.8.8", "192.0.2.7"));
        assertThat(lab.make(new Call.Read(fd, 9))).isInstanceOf(Result.Received.class);
        assertThat(senders).isEmpty();
    }

    /** IP_PKTINFO, IP_RETOPTS, IPV6_PKTINFO, IPV6_RTHDR, SO_MARK: by their numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"0 8", "0 7", "0 52", "41 50", "41 57", "41 54", "41 59", "1 36"})
    void aControlMessageThatSendsByAnotherWayIsRefused(String levelAndType) {
        int fd = socket(SocketType.SOCK_DGRAM);
        int level = Integer.parseInt(levelAndType.split(" ")[0]);
        int type = Integer.parseInt(levelAndType.split(" ")[1]);
        Control control = new Control.Other(new ControlMessage(level, type, new byte[12]));
        Call call = new Call.Sendmsg(fd, null, List.of(), List.of(control), 0);
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> lab.make(call))
                .satisfies(e -> assertThat(e.rule().slug()).isEqualTo("control-message"));
        assertThat(kernel.calls()).noneMatch(one -> one.startsWith("sendmsg"));
    }

    /** Multicast joins, UDP_ENCAP at both its levels, rings, programs, netfilter's numbers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 35", "0 39", "0 42", "0 46", "41 20", "41 27", "41 42", "17 100", "136 100",
                "263 5", "263 13", "263 22", "1 36", "1 25", "1 62", "1 76", "1 77", "0 64", "0 19",
                "0 200", "0 3", "41 36", "41 9", "41 32"
            })
    void anOptionThatReachesFurtherIsRefusedByItsNumber(String levelAndName) {
        int fd = socket(SocketType.SOCK_DGRAM);
        int level = Integer.parseInt(levelAndName.split(" ")[0]);
        int optname = Integer.parseInt(levelAndName.split(" ")[1]);
        OptionValue value = new OptionValue.Scalar(1, 4);
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> lab.make(new Call.Setsockopt(fd, level, optname, value)));
        assertThat(kernel.calls()).noneMatch(one -> one.startsWith("setsockopt"));
        assertThat(IntOption.of(kernel, 70, 1, 3, -1)).isEqualTo(SocketType.SOCK_DGRAM);
    }
}
