package dev.socketlab.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of a running service, asked as any program would ask it. What it answers is held to the
 * OpenAPI document.
 */
public final class Http implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
    private final String base;

    public Http(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** An answer: its body as JSON where it is any. */
    public record Answer(int status, HttpHeaders headers, byte[] bytes) {
        public JsonNode json() {
            return MAPPER.readTree(bytes);
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public String type() {
            return header("Content-Type").replaceFirst(";.*", "");
        }

        public int fd() {
            return json().get("fd").intValue();
        }
    }

    /** Sends a request; {@code body} null has none, else it is JSON. */
    public Answer send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
        }
        return send(request);
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            HeldToDocument.hold(Exchange.of(response));
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    /** The path of a new session on the machine's network. */
    public String session() {
        return session("host");
    }

    /** The path of a new session on such a network. */
    public String session(String network) {
        String body = "{\"network\":\"%s\"}".formatted(network);
        return send("POST", "/api/v1/sessions", body).header("Location");
    }

    /** Skips the test, with the reason, where the machine cannot do something. */
    public void assumeCapability(String name) {
        JsonNode capability = capability(name);
        assumeTrue(capability.get("available").booleanValue(), capability.toString());
    }

    /** Whether the machine can do something. */
    public boolean hasCapability(String name) {
        return capability(name).get("available").booleanValue();
    }

    private JsonNode capability(String name) {
        return get("/api/v1/capabilities").json().get(name);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** A listener on loopback. */
    public int listener(String session) {
        int fd = post(session + "/sockets", null).fd();
        post(session + "/sockets/" + fd + "/bind", "{\"addr\":\"127.0.0.1:0\"}");
        post(session + "/sockets/" + fd + "/listen", null);
        return fd;
    }

    public int port(String session, int fd) {
        return get(session + "/sockets/" + fd + "/getsockname")
                .json()
                .get("addr")
                .get("port")
                .intValue();
    }

    @Override
    public void close() {
        client.close();
    }
}
