package dev.socketlab.endtoend;

import static dev.socketlab.abi.MessageFlag.MSG_NOSIGNAL;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.CallReader;
import dev.socketlab.json.value.AnswerWriter;
import dev.socketlab.json.value.StrictJson;
import dev.socketlab.linux.BlockingKernel;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls as system calls on the kernel itself, through {@code linux} alone, as a C program makes
 * them: on fds that block, the calling thread in the kernel.
 */
public final class KernelDoor implements CallDoor {
    private static final JsonMapper MAPPER = StrictJson.mapper();
    private static final CallReader READER = new CallReader(MAPPER);

    private final Kernel kernel = new LinuxKernel();
    private final BlockingKernel blocking = new BlockingKernel();
    private final ProcessFds fds = new ProcessFds();
    private final KernelNames names;
    private final KernelMessages messages;
    private final KernelPolls polls = new KernelPolls(kernel, blocking, fds);

    /**
     * @param directory where UNIX sockets have their names
     */
    public KernelDoor(Path directory) {
        this.names = new KernelNames(directory);
        this.messages = new KernelMessages(blocking, fds, names);
    }

    @Override
    public void end() {
        fds.all().forEach(kernel::close);
    }

    @Override
    public ObjectNode make(ObjectNode object) {
        CallReader.Asked asked = READER.read(object);
        return switch (make(asked.call())) {
            case Result.Answered answered ->
                    (ObjectNode)
                            MAPPER.readTree(
                                    MAPPER.writeValueAsBytes(
                                            AnswerWriter.of(
                                                    asked.call(),
                                                    answered,
                                                    asked.answerEncoding())));
            case Result.Failure failure ->
                    MAPPER.createObjectNode().put("errno", failure.errno().name());
            case Result.AddrinfoFailure failure -> throw new AssertionError(failure);
        };
    }

    private Result make(Call call) {
        return switch (call) {
            case Call.Socket(int domain, int type, int protocol, String _) ->
                    opened(0, () -> kernel.socket(domain, type, protocol));
            case Call.Socketpair pair -> pair(pair);
            case Call.Bind(int fd, var addr) ->
                    Result.of(kernel.bind(fd(fd), names.toKernel(addr)));
            case Call.Connect(int fd, var addr) ->
                    Result.of(blocking.connect(fd(fd), names.toKernel(addr)));
            case Call.Listen(int fd, int backlog) -> Result.of(kernel.listen(fd(fd), backlog));
            case Call.Accept accept -> accept(accept);
            case Call.Send(int fd, byte[] buf, int flags) ->
                    Result.of(blocking.send(fd(fd), buf, flags | MSG_NOSIGNAL));
            case Call.Write(int fd, byte[] buf) -> Result.of(blocking.write(fd(fd), buf));
            case Call.Sendto(int fd, byte[] buf, int flags, var to) -> {
                byte[] addr = to == null ? new byte[0] : names.toKernel(to);
                yield Result.of(blocking.sendto(fd(fd), buf, flags | MSG_NOSIGNAL, addr));
            }
            case Call.Sendmsg sendmsg -> messages.sendmsg(sendmsg);
            case Call.Recv recv -> messages.recv(recv);
            case Call.Read read -> messages.read(read);
            case Call.Recvfrom recvfrom -> messages.recvfrom(recvfrom);
            case Call.Recvmsg recvmsg -> messages.recvmsg(recvmsg);
            case Call.Shutdown(int fd, int how) -> Result.of(kernel.shutdown(fd(fd), how));
            case Call.Close(int fd) -> Result.of(kernel.close(fds.remove(fd)));
            case Call.Getsockname(int fd) -> name(addr -> kernel.getsockname(fd(fd), addr));
            case Call.Getpeername(int fd) -> name(addr -> kernel.getpeername(fd(fd), addr));
            case Call.Getsockopt get -> getsockopt(get);
            case Call.Setsockopt(int fd, int level, int optname, var optval) ->
                    Result.of(kernel.setsockopt(fd(fd), level, optname, optval.toBytes()));
            case Call.Fcntl(int fd, int cmd, int arg) -> fcntl(fd, cmd, arg);
            case Call.Ioctl(int fd, int request) ->
                    answered(
                            kernel.ioctl(fd(fd), request),
                            value -> new Result.Value(Math.toIntExact(value)));
            case Call.Dup(int fd) -> duplicate(fd, FcntlCommand.F_DUPFD, 0);
            case Call.Dup2(int oldfd, int newfd) -> dup2(oldfd, newfd);
            case Call.Poll poll -> polls.poll(poll);
            case Call.EpollCreate1(int flags) -> opened(0, () -> kernel.epoll_create1(flags));
            case Call.EpollCtl ctl -> polls.epollCtl(ctl);
            case Call.EpollWait wait -> polls.epollWait(wait);
            case Call.Unlink _, Call.Getaddrinfo _, Call.Freeaddrinfo _, Call.Getnameinfo _ ->
                    throw new AssertionError("not a system call on a socket: " + call);
        };
    }

    private int fd(int number) {
        return fds.kernelFd(number);
    }

    private static Result answered(SyscallResult result, LongFunction<Result> answer) {
        return switch (result) {
            case Success(long value) -> answer.apply(value);
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    /** The number is taken before the call, which may block, and given back when it fails. */
    private Result opened(int from, Supplier<SyscallResult> call) {
        return made(from, call, fd -> new Result.NewDescriptor(fd, null, false));
    }

    private Result made(int from, Supplier<SyscallResult> call, Function<Integer, Result> answer) {
        int number = fds.reserve(from);
        SyscallResult result = call.get();
        if (result instanceof Failure(Errno errno)) {
            fds.release(number);
            return new Result.Failure(errno);
        }
        fds.set(number, Math.toIntExact(((Success) result).value()));
        return answer.apply(number);
    }

    private Result accept(Call.Accept call) {
        OutBuffer addr = OutBuffer.forAddress();
        return made(
                0,
                () -> blocking.accept4(fd(call.sockfd()), addr, call.flags()),
                fd -> new Result.NewDescriptor(fd, names.named(addr.address()), true));
    }

    private Result pair(Call.Socketpair call) {
        int[] sv = new int[2];
        return answered(
                kernel.socketpair(call.domain(), call.type(), call.protocol(), sv),
                _ -> new Result.NewPair(fds.add(sv[0]), fds.add(sv[1])));
    }

    private Result duplicate(int fd, int cmd, int from) {
        return opened(from, () -> kernel.fcntl(fd(fd), cmd, 0));
    }

    private Result dup2(int oldfd, int newfd) {
        if (oldfd == newfd && fds.isOpen(oldfd)) {
            return new Result.NewDescriptor(newfd, null, false);
        }
        if (fds.isOpen(oldfd) && fds.isReserved(newfd)) {
            return new Result.Failure(Errno.EBUSY); // dup2(2), the race with open(2)
        }
        return answered(
                kernel.fcntl(fd(oldfd), FcntlCommand.F_DUPFD, 0),
                made -> {
                    kernel.close(fd(newfd));
                    fds.set(newfd, (int) made);
                    return new Result.NewDescriptor(newfd, null, false);
                });
    }

    private Result name(Function<OutBuffer, SyscallResult> naming) {
        OutBuffer addr = OutBuffer.forAddress();
        return answered(naming.apply(addr), _ -> new Result.Name(names.named(addr.address())));
    }

    private Result fcntl(int fd, int cmd, int arg) {
        return switch (cmd) {
            case FcntlCommand.F_GETFL, FcntlCommand.F_GETFD ->
                    answered(
                            kernel.fcntl(fd(fd), cmd, 0),
                            flags -> new Result.Flags(cmd, (int) flags));
            case FcntlCommand.F_DUPFD, FcntlCommand.F_DUPFD_CLOEXEC -> duplicate(fd, cmd, arg);
            default -> Result.of(kernel.fcntl(fd(fd), cmd, arg));
        };
    }

    private Result getsockopt(Call.Getsockopt call) {
        OptionForm form = SocketOption.form(call.level(), call.optname());
        OutBuffer optval = new OutBuffer(form.optlen());
        return answered(
                kernel.getsockopt(fd(call.sockfd()), call.level(), call.optname(), optval),
                _ ->
                        new Result.OptionRead(
                                call.level(),
                                call.optname(),
                                OptionValue.parse(form, optval.bytes())));
    }
}
