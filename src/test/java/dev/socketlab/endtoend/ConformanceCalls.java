package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.EthernetProtocol;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of a case as requests of the contract, each answer held to the contract's form,
 * and put into the words of the cases: {@code ret}, {@code errno}, {@code data}, {@code address},
 * {@code value}, {@code flags}, {@code results}.
 */
final class ConformanceCalls implements ConformanceCase.CaseCalls {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, String> LEVELS =
            Map.of(
                    "SO",
                    "SOL_SOCKET",
                    "TCP",
                    "IPPROTO_TCP",
                    "IP",
                    "IPPROTO_IP",
                    "IPV6",
                    "IPPROTO_IPV6");
    private static final List<String> KERNEL_PROBLEM =
            List.of("type", "title", "status", "detail", "syscall", "returned");

    private final Http http;
    private final String session;
    private final boolean msgFlags;

    /**
     * @param msgFlags whether what is received is received with recvmsg, which tells msg_flags
     */
    ConformanceCalls(Http http, String network, boolean msgFlags) {
        this.http = http;
        this.msgFlags = msgFlags;
        this.session = http.session(network);
    }

    @Override
    public void end() {
        assertThat(http.delete(session).status()).isEqualTo(200);
    }

    @Override
    public int port(int fd) {
        return http.port(session, fd);
    }

    @Override
    public ObjectNode make(String op, JsonNode args) {
        String socket = session + "/sockets/" + args.path("fd").asString("");
        return switch (op) {
            case "socket" -> result(http.post(session + "/sockets", socket(args)), 201);
            case "bind", "connect" ->
                    result(post(socket + "/" + op, object("addr", args.get("address"))), 200);
            case "listen" ->
                    result(post(socket + "/listen", object("backlog", args.get("backlog"))), 200);
            case "accept" -> address(result(post(socket + "/accept", flags(args)), 201));
            case "send" -> result(post(socket + "/send", data(args)), 200);
            case "recv", "recvfrom" ->
                    msgFlags
                            ? message(result(post(socket + "/recvmsg", iovLen(args)), 200))
                            : received(result(post(socket + "/" + op, length(args)), 200));
            case "sendto" -> result(post(socket + "/sendto", sendto(args)), 200);
            case "socketpair" ->
                    pair(result(http.post(session + "/socketpairs", socket(args)), 201));
            case "dup" -> result(post(socket + "/dup", only(args, "newfd")), 201);
            case "ioctl" ->
                    ioctl(
                            result(
                                    http.get(socket + "/ioctl/" + args.get("request").asString()),
                                    200));
            case "poll" -> polled(result(post(session + "/poll", poll(args)), 200));
            case "epoll_create" -> result(post(session + "/epolls", only(args, "flags")), 201);
            case "epoll_ctl" ->
                    result(post(epoll(args) + "/ctl", only(args, "op", "fd", "events")), 200);
            case "epoll_wait" -> events(result(post(epoll(args) + "/wait", wait(args)), 200));
            case "shutdown" ->
                    result(post(socket + "/shutdown", object("how", args.get("how"))), 200);
            case "close" -> result(http.delete(socket), 200);
            case "getsockname", "getpeername" -> address(result(http.get(socket + "/" + op), 200));
            case "getsockopt" -> value(result(http.get(option(socket, args)), 200));
            case "setsockopt" -> result(http.send("PUT", option(socket, args), optval(args)), 200);
            case "fcntl" -> result(fcntl(socket, args), 200);
            case "getaddrinfo" -> results(result(getaddrinfo(args), 201));
            default -> throw new AssertionError("no request for " + op);
        };
    }

    private Http.Answer post(String path, ObjectNode body) {
        return http.post(path, body.toString());
    }

    private static ObjectNode object(String name, JsonNode value) {
        ObjectNode object = JSON.objectNode();
        object.set(name, value);
        return object;
    }

    private static String socket(JsonNode args) {
        ObjectNode body = object("domain", args.get("family"));
        body.set("type", args.get("type"));
        if (args.has("protocol")) {
            body.set("protocol", args.get("protocol"));
        }
        if (args.has("flags")) {
            body.set("flags", args.get("flags"));
        }
        return body.toString();
    }

    private static ObjectNode flags(JsonNode args) {
        return args.has("flags") ? object("flags", args.get("flags")) : JSON.objectNode();
    }

    private static ObjectNode data(JsonNode args) {
        byte[] bytes = args.get("data").stringValue().getBytes(StandardCharsets.ISO_8859_1);
        ObjectNode body = flags(args);
        body.put("data", Base64.getEncoder().encodeToString(bytes));
        body.put("encoding", "base64");
        return body;
    }

    private static ObjectNode length(JsonNode args) {
        ObjectNode body = flags(args);
        body.set("len", args.get("length"));
        body.put("encoding", "base64");
        return body;
    }

    private static ObjectNode only(JsonNode args, String... names) {
        ObjectNode body = JSON.objectNode();
        for (String name : names) {
            if (args.has(name)) {
                body.set(name, args.get(name));
            }
        }
        if (body.has("op")) {
            body.set("data", args.get("fd"));
        }
        return body;
    }

    private String epoll(JsonNode args) {
        return session + "/epolls/" + args.get("epfd").asString();
    }

    private static ObjectNode wait(JsonNode args) {
        ObjectNode body = object("maxevents", args.get("maxevents"));
        body.set("timeout", args.get("timeout_ms"));
        return body;
    }

    private static ObjectNode poll(JsonNode args) {
        ObjectNode body = object("fds", args.get("fds"));
        body.set("timeout", args.get("timeout_ms"));
        return body;
    }

    private static ObjectNode sendto(JsonNode args) {
        ObjectNode body = data(args);
        if (args.has("address")) {
            body.set("dest_addr", args.get("address"));
        }
        return body;
    }

    private static ObjectNode iovLen(JsonNode args) {
        ObjectNode body = flags(args);
        body.set("iov_len", JSON.arrayNode().add(args.get("length")));
        body.put("encoding", "base64");
        return body;
    }

    private static ObjectNode message(ObjectNode result) {
        if (result.has("answer")) {
            JsonNode answer = result.get("answer");
            String data = answer.get("msg_iov").get(0).get("data").stringValue();
            byte[] bytes = Base64.getDecoder().decode(data);
            result.put("data", new String(bytes, StandardCharsets.ISO_8859_1));
            result.set("from", answer.get("msg_name"));
            result.set("flags", answer.get("msg_flags"));
        }
        return result;
    }

    private static ObjectNode pair(ObjectNode result) {
        if (result.has("answer")) {
            result.set("fds", result.get("answer").get("sv"));
        }
        return result;
    }

    private static ObjectNode ioctl(ObjectNode result) {
        if (result.has("answer")) {
            result.set("value", result.get("answer").get("value"));
        }
        return result;
    }

    private static ObjectNode polled(ObjectNode result) {
        if (result.has("answer")) {
            ObjectNode events = JSON.objectNode();
            for (JsonNode one : result.get("answer").get("fds")) {
                if (!one.get("revents").isEmpty()) {
                    events.set(one.get("fd").asString(), one.get("revents"));
                }
            }
            result.set("events", events);
        }
        return result;
    }

    private static ObjectNode events(ObjectNode result) {
        if (result.has("answer")) {
            ObjectNode events = JSON.objectNode();
            for (JsonNode one : result.get("answer").get("events")) {
                events.set(one.get("data").asString(), one.get("events"));
            }
            result.set("events", events);
        }
        return result;
    }

    private static ObjectNode received(ObjectNode result) {
        if (result.has("answer")) {
            byte[] bytes =
                    Base64.getDecoder().decode(result.get("answer").get("data").stringValue());
            result.put("data", new String(bytes, StandardCharsets.ISO_8859_1));
            result.set("from", result.get("answer").path("src_addr"));
        }
        return result;
    }

    private static ObjectNode address(ObjectNode result) {
        if (result.has("answer")) {
            JsonNode address = result.get("answer").get("addr");
            result.set("address", address);
            if (address.has("interface")) { // the cases have its protocol as a number
                String protocol = address.get("protocol").stringValue();
                ((ObjectNode) address)
                        .put("protocol", EthernetProtocol.NAMES.value(protocol).getAsInt());
            }
        }
        return result;
    }

    private static String option(String socket, JsonNode args) {
        String option = args.get("option").asString();
        String level = args.get("level").asString();
        boolean implied = level.equals(LEVELS.get(option.replaceFirst("_.*", "")));
        return socket + "/options/" + option + (implied ? "" : "?level=" + level);
    }

    private static ObjectNode value(ObjectNode result) {
        if (!result.has("answer")) {
            return result;
        }
        JsonNode optval = result.get("answer").get("optval");
        if (optval.isObject()) {
            ObjectNode fields = JSON.objectNode();
            optval.properties()
                    .forEach(field ->
                            fields.set(
                                    field.getKey().replaceFirst("^(l|tv|imr)_", ""),
                                    field.getValue()));
            optval = fields;
        }
        result.set("value", optval);
        return result;
    }

    private static String optval(JsonNode args) {
        JsonNode value = args.get("value");
        if (value.isObject()) {
            String prefix = value.has("onoff") ? "l_" : value.has("multiaddr") ? "imr_" : "tv_";
            ObjectNode fields = JSON.objectNode();
            value.properties()
                    .forEach(field -> fields.set(prefix + field.getKey(), field.getValue()));
            value = fields;
        }
        return object("optval", value).toString();
    }

    private Http.Answer fcntl(String socket, JsonNode args) {
        ObjectNode body = object("cmd", args.get("cmd"));
        if (args.has("arg")) {
            boolean names = args.get("arg").isString();
            body.set("arg", names ? JSON.arrayNode().add(args.get("arg")) : args.get("arg"));
        }
        return post(socket + "/fcntl", body);
    }

    private Http.Answer getaddrinfo(JsonNode args) {
        ObjectNode body = JSON.objectNode();
        body.set("node", args.path("host"));
        body.set("service", args.path("service"));
        ObjectNode hints = flags(args);
        for (Map.Entry<String, String> name :
                Map.of("family", "family", "type", "socktype", "protocol", "protocol").entrySet()) {
            if (args.has(name.getKey())) {
                hints.set(name.getValue(), args.get(name.getKey()));
            }
        }
        body.properties().removeIf(field -> field.getValue().isMissingNode());
        if (!hints.isEmpty()) {
            body.set("hints", hints);
        }
        return post(session + "/getaddrinfo", body);
    }

    private ObjectNode results(ObjectNode result) {
        if (!result.has("answer")) {
            return result;
        }
        Map<String, Integer> protocols =
                Map.of("IPPROTO_IP", 0, "IPPROTO_TCP", 6, "IPPROTO_UDP", 17);
        ArrayNode results = JSON.arrayNode();
        for (JsonNode ai : result.get("answer").get("res")) {
            ObjectNode flat = (ObjectNode) ai.get("addr").deepCopy();
            flat.set("family", ai.get("family"));
            flat.set("type", ai.get("socktype"));
            flat.put("protocol", protocols.get(ai.get("protocol").stringValue()));
            results.add(flat);
        }
        result.set("results", results);
        return result;
    }

    /** The answer in a case's words, with the whole of it as {@code answer} where it succeeded. */
    private static ObjectNode result(Http.Answer answer, int success) {
        ObjectNode result = JSON.objectNode();
        JsonNode body = answer.json();
        if (answer.status() < 300) {
            assertThat(answer.status()).as("%s", body).isEqualTo(success);
            assertThat(answer.type()).isEqualTo("application/json");
            if (success == 201) {
                assertThat(answer.header("Location")).startsWith("/api/v1/sessions/");
            }
            result.set("ret", body.get("returned"));
            result.set("answer", body);
            if (body.has("flags")) {
                result.set("flags", body.get("flags"));
            }
        } else {
            assertThat(answer.type()).isEqualTo("application/problem+json");
            assertThat(body.propertyNames()).as("%s", body).containsAll(KERNEL_PROBLEM);
            assertThat(body.get("type").stringValue()).matches("http://.*/(errno|eai)/[A-Z]+.*");
            result.set("errno", body.has("eai") ? body.get("eai") : body.get("errno"));
        }
        return result;
    }
}
