package dev.socketlab.comparison;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls as JSON: what is in them, and what of their results is the same on both sides. */
final class Calls {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> NUMBERS = List.of("sockfd", "fd", "oldfd", "epfd");

    /** The port of a socket, which the kernel has chosen: {@code $3}. */
    private static final Pattern PORT = Pattern.compile(":\\$(\\d+)");

    private static final Pattern CHOSEN_PORT = Pattern.compile("\"port\":[1-9]\\d*");

    /** Autobind of unix(7). */
    private static final Pattern CHOSEN_NAME = Pattern.compile("\"abstract\":\"[0-9a-f]{5}\"");

    private Calls() {}

    /** A call, written with apostrophes for quotation marks. */
    static ObjectNode of(String text) {
        return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
    }

    /** The descriptors that a call works on. */
    static Set<Integer> descriptors(ObjectNode call) {
        Set<Integer> descriptors = new HashSet<>();
        for (String name : NUMBERS) {
            if (call.path(name).isInt()) {
                descriptors.add(call.get(name).intValue());
            }
        }
        for (JsonNode pollfd : call.path("fds")) {
            descriptors.add(pollfd.get("fd").intValue());
        }
        return descriptors;
    }

    /** The descriptors that a call closes. */
    static Set<Integer> closes(ObjectNode call) {
        return switch (call.get("call").stringValue()) {
            case "close" -> Set.of(call.get("fd").intValue());
            case "dup2" -> Set.of(call.get("newfd").intValue());
            default -> Set.of();
        };
    }

    static boolean isPeek(ObjectNode call) {
        return call.path("flags").toString().contains("MSG_PEEK");
    }

    static boolean isPoll(ObjectNode call) {
        return call.get("call").stringValue().matches("poll|epoll_wait");
    }

    static boolean isTcpConnect(ObjectNode call) {
        return call.get("call").stringValue().equals("connect")
                && !call.path("addr").asString("").startsWith("unix:");
    }

    /** Whether it may wait for what its socket has or does. */
    static boolean mayWait(ObjectNode call) {
        return call.get("call").stringValue().matches("recv.*|read|accept|send.*|write|connect");
    }

    static boolean isEpollWait(ObjectNode call) {
        return call.get("call").stringValue().equals("epoll_wait");
    }

    /** Whether it needs room that another call may wait for. */
    static boolean mayGive(ObjectNode call) {
        return call.get("call").stringValue().matches("send.*|write|connect");
    }

    /** Whether it takes from a queue what another call may wait for. */
    static boolean mayTake(ObjectNode call) {
        return call.get("call").stringValue().matches("recv.*|read|accept");
    }

    /** The call with the ports of a side in its addresses. */
    static ObjectNode resolve(ObjectNode call, Side side) {
        ObjectNode resolved = call.deepCopy();
        for (String name : List.of("addr", "dest_addr", "msg_name")) {
            JsonNode address = call.get(name);
            if (address != null && address.isString()) {
                Matcher port = PORT.matcher(address.stringValue());
                resolved.put(
                        name,
                        port.replaceAll(
                                found -> ":" + port(side, Integer.parseInt(found.group(1)))));
            }
        }
        return resolved;
    }

    private static int port(Side side, int fd) {
        ObjectNode name = side.begin(of("{'call':'getsockname','sockfd':" + fd + "}")).join();
        return name.path("addr").path("port").asInt(0);
    }

    /** What was answered, but for what each kernel or process chooses. */
    static String outcome(ObjectNode answer) {
        for (String failure : List.of("errno", "eai")) {
            if (answer.has(failure)) {
                return "fails with " + answer.get(failure);
            }
        }
        String text = CHOSEN_PORT.matcher(answer.toString()).replaceAll("\"port\":\"its\"");
        return CHOSEN_NAME.matcher(text).replaceAll("\"abstract\":\"its\"");
    }

    /** Whether a call that is made again and again, until it fails or is at the end, goes on. */
    static boolean isMore(String outcome) {
        return !outcome.startsWith("fails") && !outcome.contains("\"returned\":0");
    }
}
