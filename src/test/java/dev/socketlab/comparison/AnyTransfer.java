package dev.socketlab.comparison;

import tools.jackson.databind.node.ObjectNode;

/** Any call that sends or receives. */
final class AnyTransfer {
    private final Chance chance;
    private final Setting setting;
    private int sent;
    private boolean clogged;

    AnyTransfer(Chance chance, Setting setting) {
        this.chance = chance;
        this.setting = setting;
    }

    /**
     * Whether a TCP socket may be full from now on. How much it takes then is a matter of when
     * acknowledgements come; so nothing depends on it, but how a send ends that waits.
     */
    boolean isClogged() {
        return clogged;
    }

    ObjectNode send() {
        if (clogged) {
            return chance.call("send", "'data':'%s','parts':true".formatted("p".repeat(200_000)));
        }
        String flags = chance.of("", "", "", "'MSG_DONTWAIT'", "'MSG_OOB'", "'MSG_EOR'");
        String data = chance.oneIn(12) ? "z".repeat(setting.isTcp() ? 2000 : 20_000) : data();
        return chance.maybeInterrupted(
                switch (chance.below(6)) {
                    case 0 -> write(data);
                    case 1, 2 -> sendto(data);
                    case 3 -> sendmsg(flags);
                    default ->
                            chance.call("send", "'data':'%s','flags':[%s]".formatted(data, flags));
                });
    }

    /** The same letter a few times, another than the last. */
    private String data() {
        sent++;
        String letter = Character.toString('a' + sent % 26);
        return letter.repeat(chance.between(1, 13));
    }

    private ObjectNode write(String data) {
        return Calls.of("{'call':'write','fd':%d,'data':'%s'}".formatted(chance.fd(), data));
    }

    private ObjectNode sendto(String data) {
        return chance.call("sendto", "'data':'%s'".formatted(data))
                .put("dest_addr", chance.of(setting.addresses()));
    }

    private ObjectNode sendmsg(String flags) {
        String control = setting.isUnix() && chance.either() ? rights() : "";
        return chance.call(
                "sendmsg",
                "'msg_iov':[{'data':'%s'},{'data':'%s'}]%s,'flags':[%s]"
                        .formatted(data(), data(), control, flags));
    }

    private String rights() {
        String fds = chance.fd() + (chance.oneIn(3) ? "," + chance.fd() : "");
        chance.makesFd(); // where it is received
        return ",'msg_control':[{'level':'SOL_SOCKET','type':'SCM_RIGHTS','fds':[%s]}]"
                .formatted(fds);
    }

    ObjectNode receive() {
        String flags =
                chance.of(
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
                        ? chance.of("0", "1")
                        : chance.of("0", "1", "5", "100", "100", setting.isTcp() ? "100" : "4000");
        boolean interrupted = (len.equals("0") && setting.isTcp()) || flags.equals("'MSG_WAITALL'");
        ObjectNode receive = receive(len, flags);
        return interrupted ? receive.put("interrupted", true) : chance.maybeInterrupted(receive);
    }

    private ObjectNode receive(String len, String flags) {
        return switch (chance.below(6)) {
            case 0 -> Calls.of("{'call':'read','fd':%d,'count':%s}".formatted(chance.fd(), len));
            case 1 -> chance.call("recvfrom", "'len':%s,'flags':[%s]".formatted(len, flags));
            case 2, 3 -> recvmsg(len, flags);
            default -> chance.call("recv", "'len':%s,'flags':[%s]".formatted(len, flags));
        };
    }

    private ObjectNode recvmsg(String len, String flags) {
        String controllen = chance.of("0", "16", "20", "24", "64", "200");
        return chance.call(
                "recvmsg",
                "'iov_len':[%s,3],'controllen':%s,'flags':[%s]".formatted(len, controllen, flags));
    }

    /** Sends until there is no room. */
    ObjectNode fill() {
        int length = setting.isTcp() ? 200_000 : setting.isNamed() ? 40 : 8192;
        String data = "f".repeat(length);
        ObjectNode fill =
                chance.call("send", "'data':'%s','flags':['MSG_DONTWAIT']".formatted(data));
        clogged = setting.isTcp();
        return clogged ? fill.put("exhausts", true) : fill.put("times", 400);
    }

    /** Receives until there is no more. */
    ObjectNode drain() {
        String len = setting.drains();
        return chance.call("recv", "'len':%s,'flags':['MSG_DONTWAIT']".formatted(len))
                .put("times", setting.isTcp() ? 1 : 60);
    }
}
