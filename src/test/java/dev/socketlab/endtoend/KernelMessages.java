package dev.socketlab.endtoend;

import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.call.Result;
import dev.socketlab.linux.BlockingKernel;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.Message;
import dev.socketlab.linux.MessageBuffer;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is received, and messages with the file descriptors of a process in them. */
record KernelMessages(BlockingKernel kernel, ProcessFds fds, KernelNames names) {

    Result recv(Call.Recv call) {
        byte[] buf = new byte[(int) call.len()];
        return received(
                kernel.recv(fds.kernelFd(call.sockfd()), buf, call.flags()),
                buf,
                Result.Envelope.NONE);
    }

    Result read(Call.Read call) {
        byte[] buf = new byte[(int) call.count()];
        return received(kernel.read(fds.kernelFd(call.fd()), buf), buf, Result.Envelope.NONE);
    }

    Result recvfrom(Call.Recvfrom call) {
        byte[] buf = new byte[(int) call.len()];
        OutBuffer srcAddr = OutBuffer.forAddress();
        SyscallResult result =
                kernel.recvfrom(fds.kernelFd(call.sockfd()), buf, call.flags(), srcAddr);
        return result instanceof Failure(Errno errno)
                ? new Result.Failure(errno)
                : received(
                        result,
                        buf,
                        new Result.Envelope(names.named(srcAddr.address()), List.of(), 0));
    }

    private static Result received(SyscallResult result, byte[] buf, Result.Envelope with) {
        return switch (result) {
            case Success(long returned) ->
                    new Result.Received(
                            returned,
                            Arrays.copyOf(buf, (int) Math.min(returned, buf.length)),
                            with);
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    Result recvmsg(Call.Recvmsg call) {
        List<Integer> iovLen = call.iovLen().stream().map(Math::toIntExact).toList();
        MessageBuffer message = new MessageBuffer(iovLen, call.controllen());
        SyscallResult result = kernel.recvmsg(fds.kernelFd(call.sockfd()), message, call.flags());
        if (result instanceof Failure(Errno errno)) {
            return new Result.Failure(errno);
        }
        List<Control> control = message.control().stream().map(this::incoming).toList();
        return new Result.Received(
                ((Success) result).value(),
                message.data(),
                new Result.Envelope(names.named(message.name()), control, message.flags()));
    }

    private Control incoming(ControlMessage message) {
        if (!Control.isRights(message.level(), message.type())) {
            return new Control.Other(message);
        }
        List<Integer> numbers = new ArrayList<>();
        ByteBuffer data = ByteBuffer.wrap(message.data()).order(ByteOrder.nativeOrder());
        while (data.hasRemaining()) {
            numbers.add(fds.add(data.getInt()));
        }
        return new Control.Rights(numbers);
    }

    Result sendmsg(Call.Sendmsg call) {
        byte[] name = call.msgName() == null ? new byte[0] : names.toKernel(call.msgName());
        List<ControlMessage> control = call.msgControl().stream().map(this::outgoing).toList();
        Message message = new Message(name, call.msgIov(), control);
        int flags = call.flags() | MessageFlag.MSG_NOSIGNAL;
        return Result.of(kernel.sendmsg(fds.kernelFd(call.sockfd()), message, flags));
    }

    private ControlMessage outgoing(Control control) {
        return switch (control) {
            case Control.Rights(List<Integer> numbers) -> {
                ByteBuffer data =
                        ByteBuffer.allocate(numbers.size() * Integer.BYTES)
                                .order(ByteOrder.nativeOrder());
                numbers.forEach(number -> data.putInt(fds.kernelFd(number)));
                yield new ControlMessage(
                        SocketLevel.SOL_SOCKET, ControlType.SCM_RIGHTS, data.array());
            }
            case Control.Other(ControlMessage message) -> message;
        };
    }
}
