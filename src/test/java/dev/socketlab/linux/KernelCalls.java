package dev.socketlab.linux;

import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.linux.SyscallResult.Failure;
import dev.socketlab.linux.SyscallResult.Success;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of conformance cases as system calls on the kernel itself, through {@link
 * LinuxKernel} alone. The fds do not block, as those of the service; a call that would is made
 * again when poll(2) says so.
 */
public final class KernelCalls {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int EVENTS = 16;
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final Kernel kernel = new LinuxKernel();
    private final CaseForms forms;
    private final Set<Integer> open = new HashSet<>();
    private final Set<Integer> nonblocking = new HashSet<>();

    /**
     * @param directory where UNIX sockets have their names
     */
    public KernelCalls(Path directory) {
        this.forms = new CaseForms(directory);
    }

    /** Closes what is open. */
    public void end() {
        open.forEach(kernel::close);
    }

    /** The local port of an fd. */
    public int port(int fd) {
        OutBuffer name = OutBuffer.forAddress();
        kernel.getsockname(fd, name).orThrow("getsockname");
        return SockDiag.port(name.address());
    }

    /** Makes an operation, and answers in the words of the cases. */
    public ObjectNode make(String op, JsonNode args) {
        int fd = args.path("fd").asInt(-1);
        int flags = CaseForms.bits(args.path("flags"));
        boolean waits = !nonblocking.contains(fd) && (flags & MessageFlag.MSG_DONTWAIT) == 0;
        return switch (op) {
            case "socket" ->
                    opened(
                            kernel.socket(
                                    CaseForms.bits(args.get("family")), type(args), protocol(args)),
                            flags);
            case "socketpair" -> pair(args, flags);
            case "bind" -> answer(kernel.bind(fd, forms.address(args.get("address"))));
            case "connect" -> answer(connect(fd, forms.address(args.get("address")), waits));
            case "listen" -> answer(kernel.listen(fd, args.get("backlog").intValue()));
            case "accept" -> accept(fd, flags, waits);
            case "send" ->
                    answer(waiting(fd, waits, PollEvent.POLLOUT, () -> send(fd, args, flags)));
            case "sendto" ->
                    answer(waiting(fd, waits, PollEvent.POLLOUT, () -> sendto(fd, args, flags)));
            case "recv", "recvfrom" -> receive(fd, args, flags, waits);
            case "shutdown" -> answer(kernel.shutdown(fd, CaseForms.bits(args.get("how"))));
            case "close" -> close(fd);
            case "getsockname" -> name(out -> kernel.getsockname(fd, out));
            case "getpeername" -> name(out -> kernel.getpeername(fd, out));
            case "getsockopt" -> getsockopt(fd, args);
            case "setsockopt" ->
                    answer(
                            kernel.setsockopt(
                                    fd,
                                    CaseForms.bits(args.get("level")),
                                    CaseForms.bits(args.get("option")),
                                    CaseForms.optval(args.get("value"))));
            case "fcntl" ->
                    fcntl(fd, CaseForms.bits(args.get("cmd")), CaseForms.bits(args.path("arg")));
            case "dup" ->
                    opened(
                            kernel.fcntl(fd, FcntlCommand.F_DUPFD, 0),
                            nonblocking.contains(fd) ? SocketFlag.SOCK_NONBLOCK : 0);
            case "ioctl" -> value(kernel.ioctl(fd, CaseForms.bits(args.get("request"))));
            case "poll" -> poll(args);
            case "epoll_create" -> opened(kernel.epoll_create1(flags), 0);
            case "epoll_ctl" ->
                    answer(
                            kernel.epoll_ctl(
                                    args.get("epfd").intValue(),
                                    CaseForms.bits(args.get("op")),
                                    fd,
                                    CaseForms.bits(args.path("events")),
                                    fd));
            case "epoll_wait" -> epollWait(args);
            default -> throw new AssertionError("no call for " + op);
        };
    }

    private static int type(JsonNode args) {
        int flags = SocketFlag.SOCK_NONBLOCK;
        return CaseForms.bits(args.get("type")) | CaseForms.bits(args.path("flags")) | flags;
    }

    private static int protocol(JsonNode args) {
        return CaseForms.bits(args.path("protocol"));
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

    private SyscallResult connect(int fd, byte[] addr, boolean waits) {
        SyscallResult result = kernel.connect(fd, addr);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (waits
                && (result.failedWith(Errno.EINPROGRESS) || result.failedWith(Errno.EALREADY))
                && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
            result = kernel.connect(fd, addr);
        }
        return result;
    }

    private SyscallResult send(int fd, JsonNode args, int flags) {
        byte[] data = data(args);
        int all = flags | MessageFlag.MSG_DONTWAIT | MessageFlag.MSG_NOSIGNAL;
        return kernel.send(fd, data, 0, data.length, all);
    }

    private SyscallResult sendto(int fd, JsonNode args, int flags) {
        byte[] data = data(args);
        int all = flags | MessageFlag.MSG_DONTWAIT | MessageFlag.MSG_NOSIGNAL;
        byte[] to = args.has("address") ? forms.address(args.get("address")) : new byte[0];
        return kernel.sendto(fd, data, 0, data.length, all, to);
    }

    private static byte[] data(JsonNode args) {
        return args.get("data").stringValue().getBytes(StandardCharsets.ISO_8859_1);
    }

    private ObjectNode receive(int fd, JsonNode args, int flags, boolean waits) {
        MessageBuffer message = new MessageBuffer(List.of(args.get("length").intValue()), 0);
        int all = flags | MessageFlag.MSG_DONTWAIT;
        boolean mayWait = waits && (flags & (MessageFlag.MSG_OOB | MessageFlag.MSG_ERRQUEUE)) == 0;
        SyscallResult result =
                waiting(fd, mayWait, PollEvent.POLLIN, () -> kernel.recvmsg(fd, message, all));
        ObjectNode answer = answer(result);
        if (result instanceof Success) {
            answer.put("data", new String(message.data(), StandardCharsets.ISO_8859_1));
            answer.set("from", forms.json(message.name()));
            answer.set("flags", CaseForms.list(MessageFlag.NAMES.flags(message.flags())));
        }
        return answer;
    }

    private ObjectNode accept(int fd, int flags, boolean waits) {
        OutBuffer addr = OutBuffer.forAddress();
        int all = flags | SocketFlag.SOCK_NONBLOCK;
        SyscallResult result =
                waiting(fd, waits, PollEvent.POLLIN, () -> kernel.accept4(fd, addr, all));
        ObjectNode answer = opened(result, flags);
        if (result instanceof Success) {
            answer.set("address", forms.json(addr.address()));
        }
        return answer;
    }

    private ObjectNode pair(JsonNode args, int flags) {
        int[] sv = new int[2];
        SyscallResult result =
                kernel.socketpair(
                        CaseForms.bits(args.get("family")), type(args), protocol(args), sv);
        ObjectNode answer = answer(result);
        if (result instanceof Success) {
            answer.set("fds", JSON.arrayNode().add(sv[0]).add(sv[1]));
            for (int fd : sv) {
                opened(new Success(fd), flags);
            }
        }
        return answer;
    }

    private ObjectNode opened(SyscallResult result, int flags) {
        if (result instanceof Success(long fd)) {
            open.add((int) fd);
            nonblocking.remove((int) fd);
            if ((flags & SocketFlag.SOCK_NONBLOCK) != 0) {
                nonblocking.add((int) fd);
            }
        }
        return answer(result);
    }

    private ObjectNode close(int fd) {
        open.remove(fd);
        return answer(kernel.close(fd));
    }

    private interface Naming {
        SyscallResult name(OutBuffer out);
    }

    private ObjectNode name(Naming naming) {
        OutBuffer addr = OutBuffer.forAddress();
        SyscallResult result = naming.name(addr);
        ObjectNode answer = answer(result);
        if (result instanceof Success) {
            answer.set("address", forms.json(addr.address()));
        }
        return answer;
    }

    /** O_NONBLOCK is not what the fds of a case have by themselves. */
    private ObjectNode fcntl(int fd, int cmd, int arg) {
        return switch (cmd) {
            case FcntlCommand.F_SETFL -> {
                if ((arg & StatusFlag.O_NONBLOCK) != 0) {
                    nonblocking.add(fd);
                } else {
                    nonblocking.remove(fd);
                }
                yield answer(kernel.fcntl(fd, cmd, arg | StatusFlag.O_NONBLOCK));
            }
            case FcntlCommand.F_GETFL -> {
                SyscallResult result = kernel.fcntl(fd, cmd, 0);
                ObjectNode answer = answer(result);
                if (result instanceof Success(long flags)) {
                    int nonblock = nonblocking.contains(fd) ? StatusFlag.O_NONBLOCK : 0;
                    int mask = ((int) flags & ~StatusFlag.O_NONBLOCK) | nonblock;
                    answer.set("flags", CaseForms.list(StatusFlag.NAMES.flags(mask)));
                }
                yield answer;
            }
            case FcntlCommand.F_DUPFD, FcntlCommand.F_DUPFD_CLOEXEC ->
                    opened(
                            kernel.fcntl(fd, cmd, arg),
                            nonblocking.contains(fd) ? SocketFlag.SOCK_NONBLOCK : 0);
            case FcntlCommand.F_GETFD -> {
                SyscallResult result = kernel.fcntl(fd, cmd, 0);
                ObjectNode answer = answer(result);
                if (result instanceof Success(long flags)) {
                    answer.set("flags", CaseForms.list(DescriptorFlag.NAMES.flags((int) flags)));
                }
                yield answer;
            }
            default -> answer(kernel.fcntl(fd, cmd, arg));
        };
    }

    private ObjectNode getsockopt(int fd, JsonNode args) {
        String option = args.get("option").asString();
        OutBuffer optval = new OutBuffer(CaseForms.optlen(option));
        SyscallResult result =
                kernel.getsockopt(
                        fd,
                        CaseForms.bits(args.get("level")),
                        CaseForms.bits(args.get("option")),
                        optval);
        ObjectNode answer = answer(result);
        if (result instanceof Success) {
            answer.set("value", CaseForms.value(option, optval.bytes()));
        }
        return answer;
    }

    private ObjectNode value(SyscallResult result) {
        ObjectNode answer = answer(result);
        if (result instanceof Success(long value)) {
            answer.put("ret", 0).put("value", value);
        }
        return answer;
    }

    private ObjectNode poll(JsonNode args) {
        List<JsonNode> asked = new ArrayList<>();
        args.get("fds").forEach(asked::add);
        int[] fds = asked.stream().mapToInt(one -> one.get("fd").intValue()).toArray();
        short[] events = new short[fds.length];
        for (int i = 0; i < fds.length; i++) {
            events[i] = (short) CaseForms.bits(asked.get(i).path("events"));
        }
        short[] revents = new short[fds.length];
        long deadline = System.nanoTime() + args.get("timeout_ms").longValue() * 1_000_000;
        SyscallResult result = kernel.poll(fds, events, revents);
        while (result instanceof Success(long ready)
                && ready == 0
                && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
            result = kernel.poll(fds, events, revents);
        }
        ObjectNode answer = answer(result);
        ObjectNode found = answer.putObject("events");
        for (int i = 0; i < fds.length; i++) {
            if (revents[i] != 0) {
                found.set(
                        Integer.toString(fds[i]),
                        CaseForms.list(PollEvent.NAMES.flags(revents[i] & 0xffff)));
            }
        }
        return answer;
    }

    private ObjectNode epollWait(JsonNode args) {
        int asked = args.get("maxevents").intValue();
        if (asked <= 0) {
            return answer(new Failure(new Errno(Errno.all().get("EINVAL")))); // as the kernel would
        }
        EpollEvents events = new EpollEvents(Math.min(asked, EVENTS));
        SyscallResult result =
                kernel.epoll_wait(
                        args.get("epfd").intValue(), events, args.get("timeout_ms").intValue());
        ObjectNode answer = answer(result);
        ObjectNode found = answer.putObject("events");
        if (result instanceof Success(long count)) {
            for (int i = 0; i < count; i++) {
                found.set(
                        Long.toString(events.data(i)),
                        CaseForms.list(EpollEvent.NAMES.flags(events.events(i))));
            }
        }
        return answer;
    }

    private static ObjectNode answer(SyscallResult result) {
        ObjectNode answer = JSON.objectNode();
        switch (result) {
            case Success(long value) -> answer.put("ret", value);
            case Failure(Errno errno) -> answer.put("errno", errno.name());
        }
        return answer;
    }
}
