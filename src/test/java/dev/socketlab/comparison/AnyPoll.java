package dev.socketlab.comparison;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Any call that looks at several descriptors: poll(2), epoll(7). */
final class AnyPoll {
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

    private static final String AT_ONCE = "0";

    private final Chance chance;

    AnyPoll(Chance chance) {
        this.chance = chance;
    }

    /** poll(2). */
    ObjectNode once() {
        String events =
                chance.of(
                        "'POLLIN'",
                        "'POLLOUT'",
                        "'POLLIN','POLLOUT'",
                        "'POLLIN','POLLRDHUP'",
                        "'POLLPRI'");
        String timeout = timeout();
        String pollfd = "{'fd':%d,'events':[%s]}";
        String fds = pollfd.formatted(chance.fd(), events);
        if (timeout.equals(AT_ONCE)) { // how many of several have come when it wakes is a race
            fds += "," + pollfd.formatted(chance.fd(), events);
        }
        return chance.maybeInterrupted(
                Calls.of("{'call':'poll','fds':[%s],'timeout':%s}".formatted(fds, timeout)));
    }

    /** An epoll instance, with two descriptors in it. */
    List<ObjectNode> newEpoll() {
        chance.makesFd();
        int epfd = chance.lastFd();
        return List.of(Calls.of("{'call':'epoll_create1'}"), ctl(epfd), ctl(epfd), await(epfd));
    }

    /** With what was made last, which may be an epoll instance. */
    List<ObjectNode> lastEpoll() {
        int epfd = chance.lastFd();
        return List.of(ctl(epfd), await(epfd));
    }

    private ObjectNode ctl(int epfd) {
        int fd = chance.fd();
        String op = chance.of("ADD", "ADD", "ADD", "MOD", "DEL");
        return Calls.of(
                "{'call':'epoll_ctl','epfd':%d,'op':'EPOLL_CTL_%s','fd':%d,'events':[%s],'data':%d}"
                        .formatted(epfd, op, fd, chance.of(EVENTS), fd));
    }

    private ObjectNode await(int epfd) {
        String timeout = timeout();
        String maxevents = timeout.equals(AT_ONCE) ? chance.of("1", "8") : "1";
        return chance.maybeInterrupted(
                Calls.of(
                        "{'call':'epoll_wait','epfd':%d,'maxevents':%s,'timeout':%s}"
                                .formatted(epfd, maxevents, timeout)));
    }

    private String timeout() {
        return chance.of(AT_ONCE, AT_ONCE, "-1");
    }
}
