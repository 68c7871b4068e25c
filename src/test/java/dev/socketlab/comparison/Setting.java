package dev.socketlab.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The sockets with which a sequence begins. */
enum Setting {
    UNIX_STREAM_PAIR("SOCK_STREAM", Kind.UNIX_PAIR),
    UNIX_SEQPACKET_PAIR("SOCK_SEQPACKET", Kind.UNIX_PAIR),
    UNIX_DGRAM_PAIR("SOCK_DGRAM", Kind.UNIX_PAIR),
    UNIX_DGRAM_NAMED("SOCK_DGRAM", Kind.UNIX_NAMED),
    UNIX_STREAM_LISTENER("SOCK_STREAM", Kind.UNIX_LISTENER),
    UNIX_SEQPACKET_LISTENER("SOCK_SEQPACKET", Kind.UNIX_LISTENER),
    TCP("127.0.0.1", Kind.TCP),
    TCP6("[::1]", Kind.TCP),
    TCP_LISTENER("127.0.0.1", Kind.TCP_LISTENER),
    TCP6_LISTENER("[::1]", Kind.TCP_LISTENER),
    UDP("127.0.0.1", Kind.UDP),
    UDP6("[::1]", Kind.UDP),
    RAW("127.0.0.1", Kind.RAW);

    private enum Kind {
        UNIX_PAIR,
        UNIX_NAMED,
        UNIX_LISTENER,
        TCP,
        TCP_LISTENER,
        UDP,
        RAW
    }

    /**
     * One of those that IANA has not assigned, so that two runs at a time do not hear each other.
     */
    private static final int PROTOCOL = 150 + (int) (ProcessHandle.current().pid() % 100);

    private final String typeOrAddress;
    private final Kind kind;

    /**
     * @param typeOrAddress the type of UNIX sockets, the address of others
     */
    Setting(String typeOrAddress, Kind kind) {
        this.typeOrAddress = typeOrAddress;
        this.kind = kind;
    }

    /** Whether what a full socket has taken depends on when acknowledgements came. */
    boolean isTcp() {
        return kind == Kind.TCP || kind == Kind.TCP_LISTENER;
    }

    /** Whether a receiver that is full is so by the number of its datagrams. */
    boolean isNamed() {
        return kind == Kind.UNIX_NAMED;
    }

    /** Whether they need a network of their own, for they receive what is sent to any of them. */
    boolean isRaw() {
        return kind == Kind.RAW;
    }

    /** How many bytes are asked for at a time until there are no more. */
    String drains() {
        return isTcp() || isRaw() ? "1" : "65536";
    }

    boolean isUnix() {
        return typeOrAddress.startsWith("SOCK");
    }

    /** Addresses that something may be at. */
    List<String> addresses() {
        if (isRaw()) {
            return List.of("127.0.0.3:0", "127.0.0.4:0", "127.0.0.5:0", "127.0.0.9:0");
        }
        return isUnix()
                ? List.of("unix:a", "unix:b", "unix:none")
                : List.of(
                        typeOrAddress + ":$3",
                        typeOrAddress + ":$4",
                        typeOrAddress + ":$5",
                        typeOrAddress + ":1");
    }

    /** Addresses to bind to. */
    List<String> names() {
        return isUnix()
                ? List.of("unix:a", "unix:b", "unix:c")
                : List.of(typeOrAddress + ":0", typeOrAddress + ":$3");
    }

    /** The steps that make them. */
    List<ObjectNode> setUp(Random random) {
        List<String> calls = new ArrayList<>();
        switch (kind) {
            case UNIX_PAIR -> unixPair(calls, random);
            case UNIX_NAMED -> unixNamed(calls, random);
            case UNIX_LISTENER -> listener(calls, random, "unix:a", "unix:a");
            case TCP -> tcp(calls, random);
            case TCP_LISTENER ->
                    listener(calls, random, typeOrAddress + ":0", typeOrAddress + ":$3");
            case UDP -> udp(calls, random);
            case RAW -> raw(calls);
        }
        return calls.stream().map(Calls::of).toList();
    }

    private void unixPair(List<String> calls, Random random) {
        calls.add("{'call':'socketpair','type':'%s'}".formatted(typeOrAddress));
        if (random.nextInt(3) == 0) {
            buffer(calls, 3, "SO_SNDBUF");
        }
    }

    private void unixNamed(List<String> calls, Random random) {
        socket(calls, 3);
        bind(calls, 3, "unix:a");
        socket(calls, 4);
        socket(calls, 5);
        if (random.nextBoolean()) {
            bind(calls, 4, "unix:b");
        }
        if (random.nextInt(3) == 0) {
            connect(calls, 4, "unix:a");
        }
    }

    private void tcp(List<String> calls, Random random) {
        listener(calls, random, typeOrAddress + ":0", null);
        connect(calls, 4, typeOrAddress + ":$3");
        calls.add("{'call':'accept','sockfd':3}");
    }

    private void udp(List<String> calls, Random random) {
        for (int fd = 3; fd <= 5; fd++) {
            socket(calls, fd);
            if (fd < 5) {
                bind(calls, fd, typeOrAddress + ":0");
            }
        }
        if (random.nextBoolean()) {
            connect(calls, 4, typeOrAddress + ":$3");
        }
        if (random.nextInt(3) == 0) {
            connect(calls, 3, typeOrAddress + ":$4");
        }
    }

    private static void raw(List<String> calls) {
        for (int fd = 3; fd <= 5; fd++) {
            calls.add(
                    "{'call':'socket','domain':'AF_INET','type':'SOCK_RAW','protocol':%d}"
                            .formatted(PROTOCOL));
            bind(calls, fd, "127.0.0.%d:0".formatted(fd));
        }
    }

    private String family() {
        return isUnix() ? "AF_UNIX" : typeOrAddress.startsWith("[") ? "AF_INET6" : "AF_INET";
    }

    private String type() {
        return isUnix() ? typeOrAddress : isTcp() ? "SOCK_STREAM" : "SOCK_DGRAM";
    }

    /**
     * @param clients where two others may be connected; null for one that is not
     */
    private void listener(
            List<String> calls, Random random, String name, @Nullable String clients) {
        socket(calls, 3);
        bind(calls, 3, name);
        calls.add("{'call':'listen','sockfd':3,'backlog':%d}".formatted(random.nextInt(3)));
        for (int fd = 4; fd <= (clients == null ? 4 : 5); fd++) {
            socket(calls, fd);
            if (clients != null && random.nextBoolean()) {
                connect(calls, fd, clients);
            }
        }
    }

    private void socket(List<String> calls, int fd) {
        calls.add("{'call':'socket','domain':'%s','type':'%s'}".formatted(family(), type()));
        if (isTcp()) { // what the two can hold does not grow then
            buffer(calls, fd, "SO_SNDBUF");
            buffer(calls, fd, "SO_RCVBUF");
        }
    }

    private static void buffer(List<String> calls, int fd, String optname) {
        calls.add(
                "{'call':'setsockopt','sockfd':%d,'level':'SOL_SOCKET','optname':'%s','optval':9000}"
                        .formatted(fd, optname));
    }

    private static void bind(List<String> calls, int fd, String name) {
        calls.add("{'call':'bind','sockfd':%d,'addr':'%s'}".formatted(fd, name));
    }

    private static void connect(List<String> calls, int fd, String name) {
        calls.add("{'call':'connect','sockfd':%d,'addr':'%s'}".formatted(fd, name));
    }
}
