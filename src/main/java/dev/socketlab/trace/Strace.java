package dev.socketlab.trace;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollFlag;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.NameinfoFlag;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A call as strace(1) writes it, on one line of printable ASCII: {@code listen(3, 128)}. */
public final class Strace {
    /** As many bytes of a string as strace shows unless told otherwise. */
    private static final int MAX_STRING = 32;

    private Strace() {}

    /** The call with its arguments. */
    public static String of(Call call) {
        return call.syscall() + "(" + arguments(call) + ")";
    }

    private static String arguments(Call call) {
        return switch (call) {
            case Call.Socket(int domain, int type, int protocol, String _) ->
                    AddressFamily.NAMES.text(domain)
                            + ", "
                            + type(type)
                            + ", "
                            + protocol(domain, protocol);
            case Call.Socketpair(int domain, int type, int protocol) ->
                    AddressFamily.NAMES.text(domain)
                            + ", "
                            + type(type)
                            + ", "
                            + protocol(domain, protocol);
            case Call.Bind(int sockfd, SocketAddress addr) -> sockfd + ", " + address(addr);
            case Call.Listen(int sockfd, int backlog) -> sockfd + ", " + backlog;
            case Call.Accept(int sockfd, int flags) ->
                    sockfd + (flags == 0 ? "" : ", " + SocketFlag.NAMES.maskText(flags));
            case Call.Connect(int sockfd, SocketAddress addr) -> sockfd + ", " + address(addr);
            case Call.Send(int sockfd, byte[] buf, int flags) ->
                    sockfd + ", " + buffer(buf) + ", " + MessageFlag.NAMES.maskText(flags);
            case Call.Recv(int sockfd, long len, int flags) ->
                    sockfd + ", " + len + ", " + MessageFlag.NAMES.maskText(flags);
            case Call.Sendto(int sockfd, byte[] buf, int flags, SocketAddress destAddr) ->
                    sockfd
                            + ", "
                            + buffer(buf)
                            + ", "
                            + MessageFlag.NAMES.maskText(flags)
                            + ", "
                            + (destAddr == null ? "NULL" : address(destAddr));
            case Call.Recvfrom(int sockfd, long len, int flags) ->
                    sockfd + ", " + len + ", " + MessageFlag.NAMES.maskText(flags);
            case Call.Sendmsg sendmsg ->
                    sendmsg.sockfd()
                            + ", "
                            + StraceMessage.of(sendmsg)
                            + ", "
                            + MessageFlag.NAMES.maskText(sendmsg.flags());
            case Call.Recvmsg recvmsg ->
                    recvmsg.sockfd()
                            + ", "
                            + StraceMessage.of(recvmsg)
                            + ", "
                            + MessageFlag.NAMES.maskText(recvmsg.flags());
            case Call.Write(int fd, byte[] buf) -> fd + ", " + buffer(buf);
            case Call.Read(int fd, long count) -> fd + ", " + count;
            case Call.Shutdown(int sockfd, int how) -> sockfd + ", " + ShutdownHow.NAMES.text(how);
            case Call.Close(int fd) -> Integer.toString(fd);
            case Call.Getsockname(int sockfd) -> Integer.toString(sockfd);
            case Call.Getpeername(int sockfd) -> Integer.toString(sockfd);
            case Call.Getsockopt get -> get.sockfd() + ", " + option(get.level(), get.optname());
            case Call.Setsockopt set ->
                    set.sockfd()
                            + ", "
                            + option(set.level(), set.optname())
                            + ", "
                            + value(set.optval());
            case Call.Fcntl(int fd, int cmd, int arg) -> fd + ", " + fcntl(cmd, arg);
            case Call.Ioctl(int fd, int request) -> fd + ", " + Ioctl.NAMES.text(request);
            case Call.Dup(int oldfd) -> Integer.toString(oldfd);
            case Call.Dup2(int oldfd, int newfd) -> oldfd + ", " + newfd;
            case Call.Poll(var fds, int timeout) ->
                    "["
                            + String.join(", ", fds.stream().map(Strace::pollfd).toList())
                            + "], "
                            + fds.size()
                            + ", "
                            + timeout;
            case Call.EpollCreate1(int flags) -> EpollFlag.NAMES.maskText(flags);
            case Call.EpollCtl(int epfd, int op, int fd, int events, String _) ->
                    epfd
                            + ", "
                            + EpollOperation.NAMES.text(op)
                            + ", "
                            + fd
                            + ", {events="
                            + EpollEvent.NAMES.maskText(events)
                            + "}";
            case Call.EpollWait(int epfd, int maxevents, int timeout) ->
                    epfd + ", " + maxevents + ", " + timeout;
            case Call.Unlink(byte[] pathname) -> string(pathname);
            case Call.Getaddrinfo(
                            @Nullable String node,
                            @Nullable String service,
                            Netdb.@Nullable Hints hints,
                            String _) ->
                    string(node) + ", " + string(service) + ", " + hints(hints);
            case Call.Freeaddrinfo(int id) -> Integer.toString(id);
            case Call.Getnameinfo(SocketAddress addr, int flags) ->
                    address(addr) + ", " + NameinfoFlag.NAMES.maskText(flags);
        };
    }

    /** An address: {@code {AF_INET, 127.0.0.1:80}}. */
    public static String address(SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet inet -> "{AF_INET, " + inet.text() + ":" + inet.port() + "}";
            case SocketAddress.Inet6 inet6 ->
                    "{AF_INET6, ["
                            + inet6.text()
                            + "]:"
                            + inet6.port()
                            + (inet6.scopeId() == 0 ? "" : ", scope_id=" + inet6.scopeId())
                            + "}";
            case SocketAddress.Unix unix when unix.path().length == 0 -> "{AF_UNIX}";
            case SocketAddress.Unix unix when unix.isAbstract() ->
                    "{AF_UNIX, @"
                            + string(Arrays.copyOfRange(unix.path(), 1, unix.path().length))
                            + "}";
            case SocketAddress.Unix unix -> "{AF_UNIX, " + string(unix.path()) + "}";
            case SocketAddress.Packet packet ->
                    "{AF_PACKET, "
                            + EthernetProtocol.NAMES.text(packet.protocol())
                            + ", "
                            + (packet.device() == null ? packet.ifindex() : packet.device())
                            + "}";
            case SocketAddress.Other other -> "{" + AddressFamily.NAMES.text(other.family()) + "}";
        };
    }

    private static String type(int type) {
        int kind = SocketType.withoutFlags(type);
        int flags = type & ~kind;
        return SocketType.NAMES.text(kind)
                + (flags == 0 ? "" : "|" + SocketFlag.NAMES.maskText(flags));
    }

    /** That of a packet socket is in network byte order. */
    private static String protocol(int domain, int protocol) {
        if (domain != AddressFamily.AF_PACKET) {
            return IpProtocol.NAMES.text(protocol);
        }
        String name = EthernetProtocol.NAMES.name(EthernetProtocol.swapped(protocol));
        return name == null || protocol >>> 16 != 0
                ? Integer.toString(protocol)
                : "htons(" + name + ")";
    }

    private static String pollfd(Call.Pollfd one) {
        return "{fd=" + one.fd() + ", events=" + PollEvent.NAMES.maskText(one.events()) + "}";
    }

    private static String option(int level, int optname) {
        String name = SocketOption.name(level, optname);
        return SocketOption.levelText(level) + ", " + (name == null ? optname : name);
    }

    private static String value(OptionValue value) {
        return switch (value) {
            case OptionValue.Scalar(long number, int size) -> "[" + number + "], " + size;
            case OptionValue.Text(String text) -> string(text) + ", " + value.toBytes().length;
            case OptionValue.Linger(int onoff, int linger) ->
                    "{l_onoff=" + onoff + ", l_linger=" + linger + "}, 8";
            case OptionValue.Timeval(long sec, long usec) ->
                    "{tv_sec=" + sec + ", tv_usec=" + usec + "}, 16";
            case OptionValue.Ucred(int pid, int uid, int gid) ->
                    "{pid=" + pid + ", uid=" + uid + ", gid=" + gid + "}";
            case OptionValue.Mreq(byte[] multiaddr, byte[] address) ->
                    "{imr_multiaddr="
                            + SocketAddress.ipText(multiaddr)
                            + ", imr_interface="
                            + SocketAddress.ipText(address)
                            + "}, 8";
            case OptionValue.Mreqn(byte[] multiaddr, byte[] address, int ifindex) ->
                    "{imr_multiaddr="
                            + SocketAddress.ipText(multiaddr)
                            + ", imr_address="
                            + SocketAddress.ipText(address)
                            + ", imr_ifindex="
                            + ifindex
                            + "}, 12";
            case OptionValue.Ipv6Mreq(byte[] multiaddr, int ifindex) ->
                    "{ipv6mr_multiaddr="
                            + SocketAddress.ipText(multiaddr)
                            + ", ipv6mr_interface="
                            + ifindex
                            + "}, 20";
            case OptionValue.TcpInformation(byte[] bytes) -> string(bytes) + ", " + bytes.length;
            case OptionValue.Raw(byte[] bytes) -> string(bytes) + ", " + bytes.length;
        };
    }

    private static String fcntl(int cmd, int arg) {
        String name = FcntlCommand.NAMES.text(cmd);
        return switch (cmd) {
            case FcntlCommand.F_GETFL, FcntlCommand.F_GETFD -> name;
            case FcntlCommand.F_SETFL -> name + ", " + StatusFlag.NAMES.maskText(arg);
            case FcntlCommand.F_SETFD -> name + ", " + (arg == 1 ? "FD_CLOEXEC" : arg);
            default -> name + ", " + arg;
        };
    }

    private static String hints(Netdb.@Nullable Hints hints) {
        return hints == null
                ? "NULL"
                : "{"
                        + AddrinfoFlag.NAMES.maskText(hints.flags())
                        + ", "
                        + AddressFamily.NAMES.text(hints.family())
                        + ", "
                        + (hints.socktype() == 0 ? "0" : SocketType.NAMES.text(hints.socktype()))
                        + ", "
                        + IpProtocol.NAMES.text(hints.protocol())
                        + "}";
    }

    /** The bytes and their number. */
    private static String buffer(byte[] buf) {
        return string(buf) + ", " + buf.length;
    }

    private static String string(@Nullable String text) {
        return text == null ? "NULL" : string(text.getBytes(StandardCharsets.UTF_8));
    }

    static String string(byte[] bytes) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < Math.min(bytes.length, MAX_STRING); i++) {
            int b = bytes[i] & 0xff;
            switch (b) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (b >= ' ' && b <= '~') {
                        text.append((char) b);
                    } else {
                        text.append(String.format("\\%03o", b));
                    }
                }
            }
        }
        return text.append(bytes.length > MAX_STRING ? "\"..." : "\"").toString();
    }
}
