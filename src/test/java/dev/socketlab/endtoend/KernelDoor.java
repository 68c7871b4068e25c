package dev.socketlab.endtoend;

import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.CallReader;
import dev.socketlab.json.value.AnswerWriter;
import dev.socketlab.json.value.StrictJson;
import dev.socketlab.linux.EpollEvents;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.MessageBuffer;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls as system calls on the kernel itself, through {@link LinuxKernel} alone. The fds do not
 * block, as those of the service; a call that would is made again when poll(2) says so.
 */
final class KernelDoor implements CallDoor {
    private static final JsonMapper MAPPER = StrictJson.mapper();
    private static final CallReader READER = new CallReader(MAPPER);
    private static final int EVENTS = 16;
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int QUIET = MessageFlag.MSG_DONTWAIT | MessageFlag.MSG_NOSIGNAL;
    private static final int OUT_OF_BAND = MessageFlag.MSG_OOB | MessageFlag.MSG_ERRQUEUE;

    private final Kernel kernel = new LinuxKernel();
    private final Path directory;
    private final Set<Integer> open = new HashSet<>();
    private final Set<Integer> nonblocking = new HashSet<>();

    /**
     * @param directory where UNIX sockets have their names
     */
    KernelDoor(Path directory) {
        this.directory = directory;
    }

    @Override
    public void end() {
        open.forEach(kernel::close);
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
                    opened(kernel.socket(domain, quiet(type), protocol), type);
            case Call.Socketpair pair -> pair(pair);
            case Call.Bind(int fd, var addr) -> Result.of(kernel.bind(fd, bytes(addr)));
            case Call.Connect(int fd, var addr) -> Result.of(connect(fd, bytes(addr)));
            case Call.Listen(int fd, int backlog) -> Result.of(kernel.listen(fd, backlog));
            case Call.Accept accept -> accept(accept);
            case Call.Send(int fd, byte[] buf, int flags) ->
                    sent(fd, flags, () -> kernel.send(fd, buf, 0, buf.length, flags | QUIET));
            case Call.Sendto(int fd, byte[] buf, int flags, var to) -> {
                byte[] addr = to == null ? new byte[0] : bytes(to);
                yield sent(
                        fd,
                        flags,
                        () -> kernel.sendto(fd, buf, 0, buf.length, flags | QUIET, addr));
            }
            case Call.Recv(int fd, long len, int flags) -> received(fd, len, flags);
            case Call.Recvfrom(int fd, long len, int flags) -> received(fd, len, flags);
            case Call.Recvmsg(int fd, var iovLen, int _, int flags) ->
                    received(fd, iovLen.getFirst(), flags);
            case Call.Shutdown(int fd, int how) -> Result.of(kernel.shutdown(fd, how));
            case Call.Close(int fd) -> {
                open.remove(fd);
                yield Result.of(kernel.close(fd));
            }
            case Call.Getsockname(int fd) -> name(addr -> kernel.getsockname(fd, addr));
            case Call.Getpeername(int fd) -> name(addr -> kernel.getpeername(fd, addr));
            case Call.Getsockopt get -> getsockopt(get);
            case Call.Setsockopt(int fd, int level, int optname, var optval) ->
                    Result.of(kernel.setsockopt(fd, level, optname, optval.toBytes()));
            case Call.Fcntl fcntl -> fcntl(fcntl);
            case Call.Ioctl(int fd, int request) ->
                    answered(
                            kernel.ioctl(fd, request),
                            value -> new Result.Value(Math.toIntExact(value)));
            case Call.Dup(int fd) -> duplicate(fd, FcntlCommand.F_DUPFD, 0);
            case Call.Poll poll -> poll(poll);
            case Call.EpollCreate1(int flags) -> opened(kernel.epoll_create1(flags), 0);
            case Call.EpollCtl(int epfd, int op, int fd, int events, String _) ->
                    Result.of(kernel.epoll_ctl(epfd, op, fd, events, fd));
            case Call.EpollWait wait -> epollWait(wait);
            case Call.Sendmsg _,
                    Call.Write _,
                    Call.Read _,
                    Call.Dup2 _,
                    Call.Unlink _,
                    Call.Getaddrinfo _,
                    Call.Freeaddrinfo _,
                    Call.Getnameinfo _ ->
                    throw new AssertionError("no case makes " + call);
        };
    }

    private static int quiet(int type) {
        return type | SocketFlag.SOCK_NONBLOCK;
    }

    private static Result answered(SyscallResult result, LongFunction<Result> answer) {
        return switch (result) {
            case Success(long value) -> answer.apply(value);
            case Failure(Errno errno) -> new Result.Failure(errno);
        };
    }

    /** Paths of the session's directory are paths of the file system here. */
    private byte[] bytes(SocketAddress address) {
        return (address instanceof SocketAddress.Unix unix && isPath(unix)
                        ? unix(directory.resolve(path(unix)))
                        : address)
                .toBytes();
    }

    private SocketAddress named(SocketAddress address) {
        return address instanceof SocketAddress.Unix unix && isPath(unix)
                ? unix(directory.relativize(path(unix)))
                : address;
    }

    private static boolean isPath(SocketAddress.Unix unix) {
        return unix.path().length > 0 && !unix.isAbstract();
    }

    private static Path path(SocketAddress.Unix unix) {
        return Path.of(new String(unix.path(), StandardCharsets.UTF_8));
    }

    private static SocketAddress.Unix unix(Path path) {
        return new SocketAddress.Unix(path.toString().getBytes(StandardCharsets.UTF_8));
    }

    private SyscallResult waiting(int fd, boolean waits, int event, Supplier<SyscallResult> call) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        SyscallResult result = call.get();
        while (waits && result.failedWith(Errno.EAGAIN) && System.nanoTime() - deadline < 0) {
            kernel.poll(fd, event);
            Thread.onSpinWait();
            result = call.get();
        }
        return result;
    }

    private boolean blocks(int fd, int flags) {
        return !nonblocking.contains(fd) && (flags & MessageFlag.MSG_DONTWAIT) == 0;
    }

    private SyscallResult connect(int fd, byte[] addr) {
        SyscallResult result = kernel.connect(fd, addr);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (blocks(fd, 0)
                && (result.failedWith(Errno.EINPROGRESS) || result.failedWith(Errno.EALREADY))
                && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
            result = kernel.connect(fd, addr);
        }
        return result;
    }

    private Result sent(int fd, int flags, Supplier<SyscallResult> send) {
        return Result.of(waiting(fd, blocks(fd, flags), PollEvent.POLLOUT, send));
    }

    private Result received(int fd, long len, int flags) {
        MessageBuffer message = new MessageBuffer(List.of((int) len), 0);
        int all = flags | MessageFlag.MSG_DONTWAIT;
        boolean waits = blocks(fd, flags) && (flags & OUT_OF_BAND) == 0;
        return answered(
                waiting(fd, waits, PollEvent.POLLIN, () -> kernel.recvmsg(fd, message, all)),
                returned ->
                        new Result.Received(
                                returned,
                                message.data(),
                                new Result.Envelope(
                                        named(message.name()), List.of(), message.flags())));
    }

    private Result accept(Call.Accept call) {
        OutBuffer addr = OutBuffer.forAddress();
        int fd = call.sockfd();
        int flags = call.flags() | SocketFlag.SOCK_NONBLOCK;
        SyscallResult result =
                waiting(fd, blocks(fd, 0), PollEvent.POLLIN, () -> kernel.accept4(fd, addr, flags));
        opened(result, call.flags());
        return answered(
                result, made -> new Result.NewDescriptor((int) made, named(addr.address()), true));
    }

    private Result pair(Call.Socketpair call) {
        int[] sv = new int[2];
        SyscallResult result =
                kernel.socketpair(call.domain(), quiet(call.type()), call.protocol(), sv);
        return answered(
                result,
                _ -> {
                    opened(new Success(sv[0]), call.type());
                    opened(new Success(sv[1]), call.type());
                    return new Result.NewPair(sv[0], sv[1]);
                });
    }

    private Result opened(SyscallResult result, int flags) {
        return answered(
                result,
                fd -> {
                    open.add((int) fd);
                    nonblocking.remove((int) fd);
                    if ((flags & SocketFlag.SOCK_NONBLOCK) != 0) {
                        nonblocking.add((int) fd);
                    }
                    return new Result.NewDescriptor((int) fd, null, false);
                });
    }

    private Result duplicate(int fd, int cmd, int from) {
        int flags = nonblocking.contains(fd) ? SocketFlag.SOCK_NONBLOCK : 0;
        return opened(kernel.fcntl(fd, cmd, from), flags);
    }

    private Result name(Function<OutBuffer, SyscallResult> naming) {
        OutBuffer addr = OutBuffer.forAddress();
        return answered(naming.apply(addr), _ -> new Result.Name(named(addr.address())));
    }

    /** O_NONBLOCK is not what the fds of a case have by themselves. */
    private Result fcntl(Call.Fcntl call) {
        int fd = call.fd();
        int cmd = call.cmd();
        return switch (cmd) {
            case FcntlCommand.F_SETFL -> {
                if ((call.arg() & StatusFlag.O_NONBLOCK) != 0) {
                    nonblocking.add(fd);
                } else {
                    nonblocking.remove(fd);
                }
                yield Result.of(kernel.fcntl(fd, cmd, call.arg() | StatusFlag.O_NONBLOCK));
            }
            case FcntlCommand.F_GETFL ->
                    answered(
                            kernel.fcntl(fd, cmd, 0),
                            flags ->
                                    new Result.Flags(
                                            cmd,
                                            ((int) flags & ~StatusFlag.O_NONBLOCK)
                                                    | (nonblocking.contains(fd)
                                                            ? StatusFlag.O_NONBLOCK
                                                            : 0)));
            case FcntlCommand.F_GETFD ->
                    answered(kernel.fcntl(fd, cmd, 0), flags -> new Result.Flags(cmd, (int) flags));
            case FcntlCommand.F_DUPFD, FcntlCommand.F_DUPFD_CLOEXEC ->
                    duplicate(fd, cmd, call.arg());
            default -> Result.of(kernel.fcntl(fd, cmd, call.arg()));
        };
    }

    private Result getsockopt(Call.Getsockopt call) {
        OptionForm form = SocketOption.form(call.level(), call.optname());
        OutBuffer optval = new OutBuffer(form.optlen());
        return answered(
                kernel.getsockopt(call.sockfd(), call.level(), call.optname(), optval),
                _ ->
                        new Result.OptionRead(
                                call.level(),
                                call.optname(),
                                OptionValue.parse(form, optval.bytes())));
    }

    private Result poll(Call.Poll call) {
        int count = call.fds().size();
        int[] fds = call.fds().stream().mapToInt(Call.Pollfd::fd).toArray();
        short[] events = new short[count];
        for (int i = 0; i < count; i++) {
            events[i] = (short) call.fds().get(i).events();
        }
        short[] revents = new short[count];
        long deadline = System.nanoTime() + call.timeout() * 1_000_000L;
        SyscallResult result = kernel.poll(fds, events, revents);
        while (result instanceof Success(long ready)
                && ready == 0
                && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
            result = kernel.poll(fds, events, revents);
        }
        return answered(
                result,
                ready -> {
                    List<Result.Revents> found = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        found.add(new Result.Revents(fds[i], revents[i] & 0xffff));
                    }
                    return new Result.Polled((int) ready, found);
                });
    }

    private Result epollWait(Call.EpollWait call) {
        if (call.maxevents() <= 0) {
            return new Result.Failure(Errno.EINVAL); // as the kernel would
        }
        EpollEvents events = new EpollEvents(Math.min(call.maxevents(), EVENTS));
        return answered(
                kernel.epoll_wait(call.epfd(), events, call.timeout()),
                count -> {
                    List<Result.Event> found = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        found.add(
                                new Result.Event(events.events(i), Long.toString(events.data(i))));
                    }
                    return new Result.Events(found);
                });
    }
}
