package dev.socketlab.endtoend;

import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.IpProtocol;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The words of the cases and those of the contract: an operation as a call that {@code CallReader}
 * reads, and what the call answers as {@code ret}, {@code errno}, {@code data}, {@code address},
 * {@code value}, {@code flags}, {@code events}, {@code results}.
 *
 * @param msgFlags whether what is received is received with recvmsg, which tells msg_flags
 */
record CaseCall(boolean msgFlags) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The call of an operation. */
    ObjectNode call(String op, JsonNode args) {
        ObjectNode call = JSON.objectNode().put("call", name(op));
        args.properties().forEach(one -> put(call, op, one.getKey(), one.getValue()));
        if (op.startsWith("recv")) {
            call.put("encoding", "base64");
        }
        if (op.equals("epoll_ctl")) {
            call.set("data", args.get("fd"));
        }
        return call;
    }

    private String name(String op) {
        return switch (op) {
            case "epoll_create" -> "epoll_create1";
            case "recv", "recvfrom" -> msgFlags ? "recvmsg" : op;
            default -> op;
        };
    }

    private void put(ObjectNode call, String op, String name, JsonNode value) {
        switch (name) {
            case "family" -> parameter(call, op, "domain", "family", value);
            case "type" -> parameter(call, op, "type", "socktype", value);
            case "protocol" -> parameter(call, op, "protocol", "protocol", value);
            case "flags" -> parameter(call, op, "flags", "flags", value);
            case "host" -> call.set("node", value);
            case "address" -> call.set(op.equals("sendto") ? "dest_addr" : "addr", value);
            case "length" -> {
                if (msgFlags) {
                    call.putArray("iov_len").add(value);
                } else {
                    call.set("len", value);
                }
            }
            case "data" -> {
                byte[] bytes = value.stringValue().getBytes(StandardCharsets.ISO_8859_1);
                call.put("data", Base64.getEncoder().encodeToString(bytes))
                        .put("encoding", "base64");
            }
            case "option" -> call.set("optname", value);
            case "value" -> call.set("optval", prefixed(value));
            case "arg" -> call.set("arg", value.isString() ? JSON.arrayNode().add(value) : value);
            case "timeout_ms" -> call.set("timeout", value);
            default -> call.set(name, value);
        }
    }

    /** What getaddrinfo is asked for is in its hints. */
    private static void parameter(
            ObjectNode call, String op, String name, String hint, JsonNode value) {
        if (op.equals("getaddrinfo")) {
            call.withObjectProperty("hints").set(hint, value);
        } else {
            call.set(name, value);
        }
    }

    /** The cases leave the prefix of a structure's fields out. */
    private static JsonNode prefixed(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        String prefix = value.has("onoff") ? "l_" : value.has("multiaddr") ? "imr_" : "tv_";
        ObjectNode fields = JSON.objectNode();
        value.properties().forEach(field -> fields.set(prefix + field.getKey(), field.getValue()));
        return fields;
    }

    /** An answer, or a failure with its {@code errno} or {@code eai}, in the words of the cases. */
    ObjectNode result(String op, ObjectNode answer) {
        ObjectNode result = JSON.objectNode();
        if (answer.has("errno") || answer.has("eai")) {
            return result.set("errno", answer.has("eai") ? answer.get("eai") : answer.get("errno"));
        }
        result.set("ret", answer.get("returned"));
        if (answer.has("flags")) {
            result.set("flags", answer.get("flags"));
        }
        switch (op) {
            case "accept", "getsockname", "getpeername" ->
                    result.set("address", address(answer.get("addr")));
            case "recv", "recvfrom" -> received(result, answer);
            case "socketpair" -> result.set("fds", answer.get("sv"));
            case "ioctl" -> result.set("value", answer.get("value"));
            case "getsockopt" -> result.set("value", withoutPrefix(answer.get("optval")));
            case "poll" -> events(result, answer.get("fds"), "fd", "revents");
            case "epoll_wait" -> events(result, answer.get("events"), "data", "events");
            case "getaddrinfo" -> result.set("results", results(answer.get("res")));
            default -> {}
        }
        return result;
    }

    private static JsonNode address(JsonNode address) {
        if (address.has("interface")) { // the cases have its protocol as a number
            String protocol = address.get("protocol").stringValue();
            ((ObjectNode) address)
                    .put("protocol", EthernetProtocol.NAMES.value(protocol).getAsInt());
        }
        return address;
    }

    private void received(ObjectNode result, JsonNode answer) {
        JsonNode bytes = msgFlags ? answer.get("msg_iov").get(0) : answer;
        byte[] data = Base64.getDecoder().decode(bytes.get("data").stringValue());
        result.put("data", new String(data, StandardCharsets.ISO_8859_1));
        result.set("from", answer.path(msgFlags ? "msg_name" : "src_addr"));
        if (msgFlags) {
            result.set("flags", answer.get("msg_flags"));
        }
    }

    private static JsonNode withoutPrefix(JsonNode optval) {
        if (!optval.isObject()) {
            return optval;
        }
        ObjectNode fields = JSON.objectNode();
        optval.properties()
                .forEach(field ->
                        fields.set(
                                field.getKey().replaceFirst("^(l|tv|imr)_", ""), field.getValue()));
        return fields;
    }

    /** Those that there are, by their fds. */
    private static void events(ObjectNode result, JsonNode items, String fd, String name) {
        ObjectNode events = result.putObject("events");
        for (JsonNode one : items) {
            if (!one.get(name).isEmpty()) {
                events.set(one.get(fd).asString(), one.get(name));
            }
        }
    }

    private static ArrayNode results(JsonNode res) {
        ArrayNode results = JSON.arrayNode();
        for (JsonNode ai : res) {
            ObjectNode flat = (ObjectNode) ai.get("addr").deepCopy();
            flat.set("family", ai.get("family"));
            flat.set("type", ai.get("socktype"));
            String protocol = ai.get("protocol").stringValue();
            flat.put("protocol", IpProtocol.NAMES.value(protocol).getAsInt());
            results.add(flat);
        }
        return results;
    }
}
