package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A session through HTTP, its calls in short; a call that must not fail fails the test. */
final class LabSession implements AutoCloseable {
    private final Http http;
    final String path;

    private LabSession(Http http, String path) {
        this.http = http;
        this.path = path;
    }

    /** On the machine's network, or one of its own. */
    static LabSession on(Http http, String network) {
        return new LabSession(http, http.session(network));
    }

    /** With hosts of its own. */
    static LabSession of(Http http, String... hosts) {
        List<String> named = new ArrayList<>();
        for (String host : hosts) {
            named.add("{\"name\":\"" + host + "\"}");
        }
        Http.Answer made = http.post("/api/v1/sessions", "{\"hosts\":" + named + "}");
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        return new LabSession(http, made.header("Location"));
    }

    JsonNode shown() {
        return http.get(path).json();
    }

    int socket(String body) {
        return ok(http.post(path + "/sockets", body)).fd();
    }

    int nonblocking() {
        return socket("{\"flags\":[\"SOCK_NONBLOCK\"]}");
    }

    /** A listener on loopback; the port is the kernel's choice. */
    int listener(int backlog) {
        int fd = socket(null);
        bind(fd, "127.0.0.1:0");
        listen(fd, backlog);
        return fd;
    }

    void bind(int fd, String addr) {
        ok(http.post(at(fd) + "/bind", "{\"addr\":\"" + addr + "\"}"));
    }

    void listen(int fd, int backlog) {
        ok(http.post(at(fd) + "/listen", "{\"backlog\":" + backlog + "}"));
    }

    /** The short form of the address that it is bound to. */
    String name(int fd) {
        JsonNode addr = ok(http.get(at(fd) + "/getsockname")).json().get("addr");
        String ip = addr.get("address").stringValue();
        return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + addr.get("port");
    }

    /** What connect answers, whatever it is. */
    Http.Answer connect(int fd, String addr) {
        return http.post(at(fd) + "/connect", "{\"addr\":\"" + addr + "\"}");
    }

    int accept(int fd) {
        return ok(http.post(at(fd) + "/accept", null)).fd();
    }

    /** A client and the server's end of its connection; the listener is closed. */
    record Pair(int client, int server) {}

    Pair pair() {
        int listener = listener(8);
        int client = socket(null);
        ok(connect(client, name(listener)));
        Pair pair = new Pair(client, accept(listener));
        ok(http.delete(at(listener)));
        return pair;
    }

    void set(int fd, String option, int value) {
        Http.Answer answer =
                http.send("PUT", at(fd) + "/options/" + option, "{\"optval\":" + value + "}");
        ok(answer);
    }

    Http.Answer send(int fd, int bytes, String flags) {
        return http.post(
                at(fd) + "/send",
                "{\"data\":\"" + "x".repeat(bytes) + "\",\"flags\":[" + flags + "]}");
    }

    int returned(Http.Answer answer) {
        return ok(answer).json().get("returned").intValue();
    }

    int recv(int fd, int len) {
        return returned(http.post(at(fd) + "/recv", "{\"len\":" + len + "}"));
    }

    void shutdown(int fd) {
        shutdown(fd, "SHUT_WR");
    }

    void shutdown(int fd, String how) {
        ok(http.post(at(fd) + "/shutdown", "{\"how\":\"" + how + "\"}"));
    }

    void close(int fd) {
        ok(http.delete(at(fd)));
    }

    JsonNode view(int fd) {
        return ok(http.get(at(fd))).json();
    }

    JsonNode views(String query) {
        return ok(http.get(path + "/sockets" + query)).json();
    }

    String state(int fd) {
        return view(fd).get("state").stringValue();
    }

    String at(int fd) {
        return path + "/sockets/" + fd;
    }

    static Http.Answer ok(Http.Answer answer) {
        assertThat(answer.status())
                .as(() -> answer.bytes().length == 0 ? "" : answer.json().toString())
                .isIn(200, 201);
        return answer;
    }

    @Override
    public void close() {
        http.delete(path);
    }
}
