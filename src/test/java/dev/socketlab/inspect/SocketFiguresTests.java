package dev.socketlab.inspect;

import static dev.socketlab.linux.ScriptedKernel.failure;
import static dev.socketlab.linux.ScriptedKernel.success;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketType;
import dev.socketlab.linux.ScriptedKernel;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.linux.SyscallException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the kernel does not say is null, and what moved meanwhile is not reckoned with. */
class SocketFiguresTests {
    private final ScriptedKernel kernel = new ScriptedKernel();

    private Buffers.Send send() {
        return Buffers.read(kernel, 3, IpProtocol.IPPROTO_TCP, false, Optional.empty()).send();
    }

    @Test
    void whatIsUnackedIsReckonedFromAQueueThatDoesNotMove() {
        kernel.answers("ioctl", success(90), success(40), success(80)) // it moved
                .answers("ioctl", success(30), success(80));
        Buffers.Send send = send();
        assertThat(send.queued()).isEqualTo(80);
        assertThat(send.unsent()).isEqualTo(30);
        assertThat(send.unacked()).isEqualTo(50);
        assertThat(send.memory()).isNull();
        assertThat(send.fill()).isZero();
    }

    @Test
    void whatIsUnackedIsNotKnownOfAQueueThatNeverRests() {
        for (int i = 0; i < 40; i++) {
            kernel.answers("ioctl", success(1 + i));
        }
        assertThat(send().unacked()).isNull();
        assertThat(send().queued()).isNotNull();
    }

    @Test
    void aClosedSocketHasNothingToSend() {
        kernel.answers("ioctl", success(7));
        Buffers buffers = Buffers.read(kernel, 3, IpProtocol.IPPROTO_TCP, true, Optional.empty());
        assertThat(buffers.send().queued()).isNull();
        assertThat(buffers.receive().queued()).isEqualTo(7);
    }

    @Test
    void aListenerHasNoBytes() {
        kernel.answers("ioctl", failure(Errno.EINVAL), failure(Errno.EINVAL));
        Buffers buffers = Buffers.read(kernel, 3, IpProtocol.IPPROTO_TCP, false, Optional.empty());
        assertThat(buffers)
                .isEqualTo(
                        new Buffers(
                                new Buffers.Send(null, null, null, null, null),
                                new Buffers.Receive(null, null, null)));
    }

    @Test
    void aKernelThatSaysNothingLeavesFiguresOut() {
        kernel.fills("getsockopt", _ -> failure(Errno.EINVAL));
        SocketFigures figures =
                SocketFigures.read(kernel, SocketFiguresTests::none, 3, SocketKind.of(kernel, 3));
        assertThat(figures.isTcp()).isFalse();
        assertThat(figures.accept()).isEqualTo(Queue.NONE);
        assertThat(figures.dropped()).isNull();
    }

    @Test
    void aUnixSocketHasNoStateWhereItCannotBeAskedFor() {
        SocketKind unix = new SocketKind(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, 0);
        kernel.fills("getsockopt", _ -> failure(Errno.EINVAL));
        SocketFigures figures = SocketFigures.read(kernel, SocketFiguresTests::none, 3, unix);
        assertThat(figures.state()).isNull();
        assertThat(figures.isListening()).isFalse();
        assertThat(figures.accept()).isEqualTo(Queue.NONE);
    }

    private static SockDiag none() {
        throw new SyscallException("socket", Errno.EMFILE);
    }

    @Test
    void aQueueIsFullWithOneMoreThanItsLimit() {
        assertThat(new Queue(3L, 2L).fill()).isEqualTo(1);
        assertThat(new Queue(1L, 0L).fill()).isEqualTo(1);
        assertThat(new Queue(0L, 0L).fill()).isZero();
        assertThat(Queue.NONE.fill()).isZero();
    }
}
