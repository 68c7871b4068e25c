package dev.socketlab.comparison;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Any call on the sockets of a sequence, with any of what it may be given. */
final class AnyCall {
    private static final int FIRST = 3;

    private static final List<String> EVENTS =
            List.of(
                    "'EPOLLIN'",
                    "'EPOLLOUT'",
                    "'EPOLLIN','EPOLLOUT'",
                    "'EPOLLIN','EPOLLRDHUP'",
                    "'EPOLLIN','EPOLLET'",
                    "'EPOLLIN','EPOLLOUT','EPOLLRDHUP','EPOLLET'",
                    "'EPOLLIN','EPOLLONESHOT'",
                    "'EPOLLPRI'");

    private static final List<String> OPTIONS =
            List.of(
                    "SO_ERROR",
                    "SO_TYPE",
                    "SO_ACCEPTCONN",
                    "SO_SNDBUF",
                    "SO_RCVBUF",
                    "SO_LINGER",
                    "SO_PEEK_OFF",
                    "SO_PASSCRED",
                    "SO_PROTOCOL",
                    "SO_DOMAIN");

    private static final List<String> SETTINGS =
            List.of(
                    "'optname':'SO_LINGER','optval':{'l_onoff':1,'l_linger':0}",
                    "'optname':'SO_PASSCRED','optval':1",
                    "'optname':'SO_PEEK_OFF','optval':0",
                    "'optname':'SO_PEEK_OFF','optval':2",
                    "'optname':'SO_PEEK_OFF','optval':-1",
                    "'optname':'SO_OOBINLINE','optval':1",
                    "'optname':'SO_SNDBUF','optval':9000",
                    "'optname':'SO_RCVBUF','optval':9000");

    private final Random random;
    private final Setting setting;
    private int last;
    private int sent;

    /**
     * @param before the steps that have made the first sockets
     */
    AnyCall(Random random, Setting setting, List<ObjectNode> before) {
        this.random = random;
        this.setting = setting;
        before.forEach(one -> makes(one.get("call").stringValue()));
        last = FIRST + sockets - 1;
    }

    private int sockets;
    private boolean clogged;

    private void makes(String call) {
        switch (call) {
            case "socket", "accept", "dup", "epoll_create1" -> sockets++;
            case "socketpair" -> sockets += 2;
            default -> {}
        }
    }

    /** One or several steps. */
    List<ObjectNode> next() {
        return switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5 -> List.of(receive());
            case 6, 7, 8, 9, 10, 11 -> List.of(send());
            case 12, 13 -> List.of(fill());
            case 14 -> List.of(drain());
            case 15, 16, 17, 18 ->
                    List.of(call("shutdown", "'how':'%s'", of("SHUT_RD", "SHUT_WR", "SHUT_RDWR")));
            case 19, 20 -> List.of(Calls.of("{'call':'close','fd':%d}".formatted(fd())));
            case 21 -> List.of(make("{'call':'dup','oldfd':%d}".formatted(fd())));
            case 22 ->
                    List.of(
                            Calls.of(
                                    "{'call':'dup2','oldfd':%d,'newfd':%d}".formatted(fd(), fd())));
            case 23, 24 -> List.of(connect());
            case 25 -> List.of(call("bind", "'addr':'%s'", of(setting.names())));
            case 26 -> List.of(call("listen", "'backlog':%s", of("0", "1", "5")));
            case 27, 28 -> List.of(accept());
            case 29, 30 -> clogged ? List.of(receive()) : List.of(poll());
            case 31 -> clogged ? List.of(send()) : epoll();
            case 32, 33 -> clogged ? List.of(send()) : List.of(epollCtl(last), epollWait(last));
            case 34 -> List.of(nonblocking());
            case 35 -> List.of(call(of("getsockname", "getpeername"), "'x':'%s'", ""));
            case 36 -> List.of(ioctl());
            case 37, 38 ->
                    List.of(
                            call(
                                    "getsockopt",
                                    "'level':'SOL_SOCKET','optname':'%s'",
                                    random.nextBoolean() ? "SO_ERROR" : of(OPTIONS)));
            default -> List.of(call("setsockopt", "'level':'SOL_SOCKET',%s", of(SETTINGS)));
        };
    }

    private int fd() {
        return random.nextInt(40) == 0 ? 99 : random.nextInt(FIRST, last + 1);
    }

    private String of(String... any) {
        return any[random.nextInt(any.length)];
    }

    private String of(List<String> any) {
        return any.get(random.nextInt(any.size()));
    }

    private ObjectNode call(String name, String rest, String value) {
        ObjectNode call =
                Calls.of(("{'call':'%s','sockfd':%d," + rest + "}").formatted(name, fd(), value));
        call.remove("x");
        return call;
    }

    private ObjectNode make(String call) {
        last++;
        return Calls.of(call);
    }

    private ObjectNode maybeInterrupted(ObjectNode call) {
        if (random.nextInt(12) == 0) {
            call.put("interrupted", true);
        }
        return call;
    }

    private String data() {
        sent++;
        return ("" + (char) ('a' + sent % 26)).repeat(random.nextInt(1, 13));
    }

    /**
     * What a TCP socket takes that is full is a matter of when acknowledgements come; so nothing
     * depends on it, but how a send ends that waits.
     */
    private ObjectNode send() {
        if (clogged) {
            return call("send", "'data':'%s','parts':true", "p".repeat(200_000));
        }
        String flags = of("", "", "", "'MSG_DONTWAIT'", "'MSG_OOB'", "'MSG_EOR'");
        String data =
                random.nextInt(12) == 0 ? "z".repeat(setting.isTcp() ? 2000 : 20_000) : data();
        return maybeInterrupted(
                switch (random.nextInt(6)) {
                    case 0 ->
                            Calls.of("{'call':'write','fd':%d,'data':'%s'}".formatted(fd(), data));
                    case 1, 2 ->
                            call("sendto", "'data':'%s'".formatted(data), "")
                                    .put("dest_addr", of(setting.addresses()));
                    case 3 -> sendmsg(flags);
                    default -> call("send", "'data':'%s','flags':[%%s]".formatted(data), flags);
                });
    }

    private ObjectNode sendmsg(String flags) {
        String control =
                setting.isUnix() && random.nextBoolean()
                        ? ",'msg_control':[{'level':'SOL_SOCKET','type':'SCM_RIGHTS','fds':[%d%s]}]"
                                .formatted(fd(), random.nextInt(3) == 0 ? "," + fd() : "")
                        : "";
        last += control.isEmpty() ? 0 : 1;
        return call(
                "sendmsg",
                "'msg_iov':[{'data':'%s'},{'data':'%s'}]%s,'flags':[%%s]"
                        .formatted(data(), data(), control),
                flags);
    }

    private ObjectNode receive() {
        String flags =
                of(
                        "",
                        "",
                        "",
                        "'MSG_DONTWAIT'",
                        "'MSG_PEEK'",
                        "'MSG_DONTWAIT','MSG_PEEK'",
                        "'MSG_TRUNC'",
                        "'MSG_OOB'",
                        "'MSG_ERRQUEUE'",
                        "'MSG_WAITALL'",
                        "'MSG_DONTWAIT','MSG_TRUNC'");
        String len =
                setting.isRaw() // the header has a number that the kernel chooses
                        ? of("0", "1")
                        : of("0", "1", "5", "100", "100", setting.isTcp() ? "100" : "4000");
        boolean interrupted = (len.equals("0") && setting.isTcp()) || flags.equals("'MSG_WAITALL'");
        ObjectNode receive = receive(len, flags);
        return interrupted ? receive.put("interrupted", true) : maybeInterrupted(receive);
    }

    private ObjectNode receive(String len, String flags) {
        return (switch (random.nextInt(6)) {
            case 0 -> Calls.of("{'call':'read','fd':%d,'count':%s}".formatted(fd(), len));
            case 1 -> call("recvfrom", "'len':%s,'flags':[%%s]".formatted(len), flags);
            case 2, 3 ->
                    call(
                            "recvmsg",
                            "'iov_len':[%s,3],'controllen':%s,'flags':[%%s]"
                                    .formatted(len, of("0", "16", "20", "24", "64", "200")),
                            flags);
            default -> call("recv", "'len':%s,'flags':[%%s]".formatted(len), flags);
        });
    }

    private ObjectNode fill() {
        ObjectNode fill =
                call(
                        "send",
                        "'data':'%s','flags':['MSG_DONTWAIT']",
                        "f".repeat(setting.isTcp() ? 200_000 : setting.isNamed() ? 40 : 8192));
        clogged = setting.isTcp();
        return clogged ? fill.put("exhausts", true) : fill.put("times", 400);
    }

    private ObjectNode drain() {
        return call("recv", "'len':%s,'flags':['MSG_DONTWAIT']", setting.drains())
                .put("times", setting.isTcp() ? 1 : 60);
    }

    private ObjectNode connect() {
        return random.nextInt(3) == 0
                ? call("connect", "'addr':{'family':'%s'}", "AF_UNSPEC")
                : maybeInterrupted(call("connect", "'addr':'%s'", of(setting.addresses())));
    }

    private ObjectNode accept() {
        last++;
        return maybeInterrupted(call("accept", "'flags':[%s]", of("", "", "'SOCK_NONBLOCK'")));
    }

    private ObjectNode poll() {
        String events =
                of(
                        "'POLLIN'",
                        "'POLLOUT'",
                        "'POLLIN','POLLOUT'",
                        "'POLLIN','POLLRDHUP'",
                        "'POLLPRI'");
        return maybeInterrupted(
                Calls.of(
                        "{'call':'poll','fds':[{'fd':%d,'events':[%s]},{'fd':%d,'events':[%s]}],'timeout':%s}"
                                .formatted(fd(), events, fd(), events, of("0", "0", "-1"))));
    }

    private List<ObjectNode> epoll() {
        ObjectNode made = make("{'call':'epoll_create1'}");
        int epfd = last;
        return List.of(made, epollCtl(epfd), epollCtl(epfd), epollWait(epfd));
    }

    private ObjectNode epollCtl(int epfd) {
        int fd = fd();
        return Calls.of(
                "{'call':'epoll_ctl','epfd':%d,'op':'EPOLL_CTL_%s','fd':%d,'events':[%s],'data':%d}"
                        .formatted(
                                epfd, of("ADD", "ADD", "ADD", "MOD", "DEL"), fd, of(EVENTS), fd));
    }

    private ObjectNode epollWait(int epfd) {
        return maybeInterrupted(
                Calls.of(
                        "{'call':'epoll_wait','epfd':%d,'maxevents':%s,'timeout':%s}"
                                .formatted(epfd, of("1", "8"), of("0", "0", "-1"))));
    }

    private ObjectNode nonblocking() {
        return Calls.of(
                "{'call':'fcntl','fd':%d,'cmd':'F_SETFL','arg':[%s]}"
                        .formatted(fd(), of("'O_NONBLOCK'", "")));
    }

    private ObjectNode ioctl() {
        return Calls.of(
                "{'call':'ioctl','fd':%d,'request':'%s'}"
                        .formatted(
                                fd(),
                                setting.isUnix()
                                        ? of("SIOCINQ", "SIOCOUTQ", "SIOCATMARK")
                                        : of("SIOCINQ", "SIOCATMARK")));
    }
}
