package dev.socketlab.call;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.EpollFlag;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.NameinfoFlag;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of each call, in the order of its C function. */
public final class Arguments {
    private Arguments() {}

    /** The parameters of a call. */
    public static List<Argument> of(Call call) {
        return switch (call) {
            case Call.Socket(int domain, int type, int protocol, String host) ->
                    with(kind(domain, type, protocol), new Argument.Beside("host", host));
            case Call.Socketpair(int domain, int type, int protocol) ->
                    with(kind(domain, type, protocol), out("sv"));
            case Call.Close(int fd) -> List.of(fd("fd", fd));
            case Call.Dup2(int oldfd, int newfd) -> List.of(fd("oldfd", oldfd), fd("newfd", newfd));
            case Call.Poll(var fds, int timeout) ->
                    List.of(new Argument.Pollfds("fds", fds), number("timeout", timeout));
            case Call.EpollCreate1(int flags) -> List.of(flags("flags", EpollFlag.NAMES, flags));
            case Call.EpollCtl(int epfd, int op, int fd, int events, String data) ->
                    List.of(
                            fd("epfd", epfd),
                            constant("op", EpollOperation.NAMES, op),
                            fd("fd", fd),
                            new Argument.Event("event", events, data));
            case Call.EpollWait(int epfd, int maxevents, int timeout) ->
                    List.of(
                            fd("epfd", epfd),
                            out("events"),
                            number("maxevents", maxevents),
                            number("timeout", timeout));
            case Call.Unlink(byte[] pathname) -> List.of(new Argument.Text("pathname", pathname));
            case Call.Getaddrinfo(String node, String service, Netdb.Hints hints, String host) ->
                    List.of(
                            text("node", node),
                            text("service", service),
                            new Argument.Hints("hints", hints),
                            out("res"),
                            new Argument.Beside("host", host));
            case Call.Freeaddrinfo(int id) -> List.of(number("res", id));
            case Call.Getnameinfo(SocketAddress addr, int flags) ->
                    List.of(
                            addr(addr),
                            out("host"),
                            out("service"),
                            flags("flags", NameinfoFlag.NAMES, flags));
            case Call.OnDescriptor on -> of(on);
        };
    }

    private static List<Argument> of(Call.OnDescriptor call) {
        return switch (call) {
            case Call.Bind(int sockfd, SocketAddress addr) -> List.of(sockfd(sockfd), addr(addr));
            case Call.Listen(int sockfd, int backlog) ->
                    List.of(sockfd(sockfd), number("backlog", backlog));
            case Call.Accept(int sockfd, int flags) ->
                    flags == 0
                            ? List.of(sockfd(sockfd), out("addr"))
                            : List.of(
                                    sockfd(sockfd),
                                    out("addr"),
                                    flags("flags", SocketFlag.NAMES, flags));
            case Call.Connect(int sockfd, SocketAddress addr) ->
                    List.of(sockfd(sockfd), addr(addr));
            case Call.Send(int sockfd, byte[] buf, int flags) ->
                    List.of(sockfd(sockfd), data(buf), message(flags));
            case Call.Recv(int sockfd, long len, int flags) ->
                    List.of(sockfd(sockfd), out("buf"), number("len", len), message(flags));
            case Call.Sendto(int sockfd, byte[] buf, int flags, SocketAddress destAddr) ->
                    List.of(
                            sockfd(sockfd),
                            data(buf),
                            message(flags),
                            new Argument.Address("dest_addr", destAddr));
            case Call.Recvfrom(int sockfd, long len, int flags) ->
                    List.of(
                            sockfd(sockfd),
                            out("buf"),
                            number("len", len),
                            message(flags),
                            out("src_addr"));
            case Call.Sendmsg(int sockfd, SocketAddress name, var iov, var control, int flags) ->
                    List.of(
                            sockfd(sockfd),
                            new Argument.Message("msg", name, iov, control),
                            message(flags));
            case Call.Recvmsg(int sockfd, var iovLen, int controllen, int flags) ->
                    List.of(
                            sockfd(sockfd),
                            new Argument.MessageRoom("msg", iovLen, controllen),
                            message(flags));
            case Call.Write(int fd, byte[] buf) -> List.of(fd("fd", fd), data(buf));
            case Call.Read(int fd, long count) ->
                    List.of(fd("fd", fd), out("buf"), number("count", count));
            case Call.Shutdown(int sockfd, int how) ->
                    List.of(sockfd(sockfd), constant("how", ShutdownHow.NAMES, how));
            case Call.Getsockname(int sockfd) -> List.of(sockfd(sockfd), out("addr"));
            case Call.Getpeername(int sockfd) -> List.of(sockfd(sockfd), out("addr"));
            case Call.Getsockopt(int sockfd, int level, int optname, Integer optlen) ->
                    with(
                            with(option(sockfd, level, optname), out("optval")),
                            new Argument.Beside("optlen", optlen));
            case Call.Setsockopt(int sockfd, int level, int optname, OptionValue optval) ->
                    with(option(sockfd, level, optname), new Argument.Value("optval", optval));
            case Call.Fcntl(int fd, int cmd, int arg) -> fcntl(fd, cmd, arg);
            case Call.Ioctl(int fd, int request) ->
                    List.of(fd("fd", fd), constant("request", Ioctl.NAMES, request), out("argp"));
            case Call.Dup(int oldfd) -> List.of(fd("oldfd", oldfd));
        };
    }

    private static List<Argument> kind(int domain, int type, int protocol) {
        int flags = type & ~SocketType.withoutFlags(type);
        return List.of(
                constant("domain", AddressFamily.NAMES, domain),
                new Argument.ConstantWithFlags(
                        constant("type", SocketType.NAMES, type & ~flags),
                        flags("type", SocketFlag.NAMES, flags)),
                protocol(domain, protocol));
    }

    /** The protocol of a packet socket is in network byte order, packet(7). */
    private static Argument protocol(int domain, int protocol) {
        if (domain != AddressFamily.AF_PACKET) {
            return constant("protocol", IpProtocol.NAMES, protocol);
        }
        String name = EthernetProtocol.NAMES.name(EthernetProtocol.swapped(protocol));
        return name == null || protocol >>> Short.SIZE != 0
                ? number("protocol", protocol)
                : new Argument.NetworkConstant("protocol", name, protocol);
    }

    private static List<Argument> option(int sockfd, int level, int optname) {
        return List.of(
                sockfd(sockfd),
                new Argument.Constant("level", SocketOption.levelText(level), level),
                new Argument.Constant("optname", SocketOption.name(level, optname), optname));
    }

    /** What the argument is follows from the command; some take none. */
    private static List<Argument> fcntl(int fd, int cmd, int arg) {
        List<Argument> command = List.of(fd("fd", fd), constant("cmd", FcntlCommand.NAMES, cmd));
        return switch (cmd) {
            case FcntlCommand.F_GETFL, FcntlCommand.F_GETFD -> command;
            case FcntlCommand.F_SETFL -> with(command, flags("arg", StatusFlag.NAMES, arg));
            case FcntlCommand.F_SETFD -> with(command, flags("arg", DescriptorFlag.NAMES, arg));
            default -> with(command, number("arg", arg));
        };
    }

    private static List<Argument> with(List<Argument> arguments, Argument last) {
        List<Argument> all = new ArrayList<>(arguments);
        all.add(last);
        return List.copyOf(all);
    }

    private static Argument sockfd(int fd) {
        return fd("sockfd", fd);
    }

    private static Argument fd(String name, int fd) {
        return new Argument.Fd(name, fd);
    }

    private static Argument number(String name, long value) {
        return new Argument.Scalar(name, value);
    }

    private static Argument.Constant constant(String name, ConstantSet names, int value) {
        return new Argument.Constant(name, names.name(value), value);
    }

    private static Argument.Flags flags(String name, ConstantSet names, int mask) {
        return new Argument.Flags(name, names, mask);
    }

    private static Argument message(int flags) {
        return flags("flags", MessageFlag.NAMES, flags);
    }

    private static Argument addr(SocketAddress address) {
        return new Argument.Address("addr", address);
    }

    private static Argument data(byte[] bytes) {
        return new Argument.Data("buf", bytes);
    }

    private static Argument text(String name, @Nullable String text) {
        return new Argument.Text(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
    }

    private static Argument out(String name) {
        return new Argument.Out(name);
    }
}
