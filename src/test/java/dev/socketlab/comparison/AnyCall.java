package dev.socketlab.comparison;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Any call on the sockets of a sequence, with any of what it may be given. */
final class AnyCall {
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

    private final Chance chance;
    private final Setting setting;
    private final AnyTransfer transfer;
    private final AnyPoll poll;

    /**
     * @param before the steps that have made the first sockets
     */
    AnyCall(Random random, Setting setting, List<ObjectNode> before) {
        this.chance = new Chance(random, before.stream().mapToInt(AnyCall::made).sum());
        this.setting = setting;
        this.transfer = new AnyTransfer(chance, setting);
        this.poll = new AnyPoll(chance);
    }

    private static int made(ObjectNode call) {
        return switch (call.get("call").stringValue()) {
            case "socket", "accept" -> 1;
            case "socketpair" -> 2;
            default -> 0;
        };
    }

    /** One or several steps. How many numbers a kind of call has is how often it comes. */
    List<ObjectNode> next() {
        return switch (chance.below(40)) {
            case 0, 1, 2, 3, 4, 5 -> List.of(transfer.receive());
            case 6, 7, 8, 9, 10, 11 -> List.of(transfer.send());
            case 12, 13 -> List.of(transfer.fill());
            case 14 -> List.of(transfer.drain());
            case 15, 16, 17, 18 -> List.of(shutdown());
            case 19, 20 -> List.of(close());
            case 21 -> List.of(dup());
            case 22 -> List.of(dup2());
            case 23, 24 -> List.of(connect());
            case 25 -> List.of(bind());
            case 26 -> List.of(listen());
            case 27, 28 -> List.of(accept());
            case 29, 30 ->
                    transfer.isClogged() ? List.of(transfer.receive()) : List.of(poll.once());
            case 31 -> transfer.isClogged() ? List.of(transfer.send()) : poll.newEpoll();
            case 32, 33 -> transfer.isClogged() ? List.of(transfer.send()) : poll.lastEpoll();
            case 34 -> List.of(nonblocking());
            case 35 -> List.of(name());
            case 36 -> List.of(ioctl());
            case 37, 38 -> List.of(getsockopt());
            default -> List.of(setsockopt());
        };
    }

    private ObjectNode shutdown() {
        String how = chance.of("SHUT_RD", "SHUT_WR", "SHUT_RDWR");
        return chance.call("shutdown", "'how':'%s'".formatted(how));
    }

    private ObjectNode close() {
        return Calls.of("{'call':'close','fd':%d}".formatted(chance.fd()));
    }

    private ObjectNode dup() {
        ObjectNode dup = Calls.of("{'call':'dup','oldfd':%d}".formatted(chance.fd()));
        chance.makesFd();
        return dup;
    }

    private ObjectNode dup2() {
        return Calls.of(
                "{'call':'dup2','oldfd':%d,'newfd':%d}".formatted(chance.fd(), chance.fd()));
    }

    private ObjectNode connect() {
        if (chance.oneIn(3)) {
            return chance.call("connect", "'addr':{'family':'AF_UNSPEC'}");
        }
        String address = chance.of(setting.addresses());
        return chance.maybeInterrupted(chance.call("connect", "'addr':'%s'".formatted(address)));
    }

    private ObjectNode bind() {
        String name = chance.of(setting.names());
        return chance.call("bind", "'addr':'%s'".formatted(name));
    }

    private ObjectNode listen() {
        String backlog = chance.of("0", "1", "5");
        return chance.call("listen", "'backlog':%s".formatted(backlog));
    }

    private ObjectNode accept() {
        chance.makesFd();
        String flags = chance.of("", "", "'SOCK_NONBLOCK'");
        return chance.maybeInterrupted(chance.call("accept", "'flags':[%s]".formatted(flags)));
    }

    private ObjectNode nonblocking() {
        return Calls.of(
                "{'call':'fcntl','fd':%d,'cmd':'F_SETFL','arg':[%s]}"
                        .formatted(chance.fd(), chance.of("'O_NONBLOCK'", "")));
    }

    private ObjectNode name() {
        String call = chance.of("getsockname", "getpeername");
        return Calls.of("{'call':'%s','sockfd':%d}".formatted(call, chance.fd()));
    }

    private ObjectNode ioctl() {
        int fd = chance.fd();
        String request =
                setting.isUnix()
                        ? chance.of("SIOCINQ", "SIOCOUTQ", "SIOCATMARK")
                        : transfer.isClogged() ? "SIOCATMARK" : chance.of("SIOCINQ", "SIOCATMARK");
        return Calls.of("{'call':'ioctl','fd':%d,'request':'%s'}".formatted(fd, request));
    }

    private ObjectNode getsockopt() {
        String option = chance.either() ? "SO_ERROR" : chance.of(OPTIONS);
        return chance.call("getsockopt", "'level':'SOL_SOCKET','optname':'%s'".formatted(option));
    }

    private ObjectNode setsockopt() {
        String option = chance.of(SETTINGS);
        return chance.call("setsockopt", "'level':'SOL_SOCKET',%s".formatted(option));
    }
}
