package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of UNIX sockets in URLs: bytes, of which few are text. */
@Timeout(60)
class FileNameTests extends LiveServiceTests {
    private int socket() {
        String unix = "{\"domain\":\"AF_UNIX\",\"type\":\"SOCK_DGRAM\"}";
        return http.post(session + "/sockets", unix).fd();
    }

    private void bind(int fd, String path, String encoding) {
        String addr = "{\"addr\":{\"family\":\"AF_UNIX\",\"path\":\"%s\",\"encoding\":\"%s\"}}";
        Http.Answer bound = http.post(sockets(fd) + "/bind", addr.formatted(path, encoding));
        assertThat(bound.status()).as(path).isEqualTo(200);
    }

    private Http.Answer unlink(String name) {
        return http.delete(session + "/files/" + name);
    }

    @Test
    void aNameOfAnyBytesIsRemoved() {
        for (int one = 1; one < 256; one++) {
            if (one != '/') {
                int fd = socket();
                bind(fd, "61%02x".formatted(one), "hex");
                http.delete(sockets(fd));
                String name = "a%%%02X".formatted(one);
                assertThat(unlink(name).status()).as(name).isEqualTo(200);
                assertThat(unlink(name).json().get("errno").stringValue())
                        .as(name)
                        .isEqualTo("ENOENT");
            }
        }
    }

    @Test
    void aNameIsAlsoTextInAnotherEncoding() {
        bind(socket(), "a name", "utf-8");
        assertThat(unlink("61206e616d65?encoding=hex").status()).isEqualTo(200);
        bind(socket(), "a name", "utf-8");
        assertThat(unlink("YSBuYW1l?encoding=base64").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%00", "a%2Fb", "a%2fb", "a;b"})
    void whatCannotBeInANameIsRefusedWithAProblem(String name) {
        Http.Answer refused = unlink(name);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.type()).isEqualTo("application/problem+json");
    }

    /** What is neither a slash nor two dots to the kernel is part of a name. */
    @ParameterizedTest
    @CsvSource({
        "%2E%2E, policy/path",
        "a/%2e./%2e%2E/x, policy/path",
        "%2E%2E/x, policy/path",
        "..%C0%AF..%C0%AFx, errno/ENOENT",
        "..%5C..%5Cx, errno/ENOENT"
    })
    void noNameLeadsOut(String name, String type) {
        assertThat(unlink(name).json().get("type").stringValue()).endsWith(type);
    }

    @Test
    void aQueryIsTextInUtf8AllTheSame() {
        int fd = socket();
        bind(fd, "가", "utf-8");
        assertThat(sendto(fd, "unix:%EA%B0%80").status()).isEqualTo(200);
        Http.Answer refused = sendto(fd, "unix:%FF");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").stringValue()).contains("not UTF-8");
    }

    private Http.Answer sendto(int fd, String to) {
        return http.send(
                http.request(sockets(fd) + "/sendto?dest_addr=" + to)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'x'})));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/sessions/%FF, request/not-found",
        "{session}/sockets/%FF, request/malformed",
        "{session}/sockets/3/options/%FF, request/malformed",
        "{session}/sockets/3/ioctl/%FF, request/malformed",
        "/problems/errno/%FF, request/not-found"
    })
    void whatIsNoTextNamesNothingElsewhere(String path, String type) {
        socket();
        Http.Answer refused = http.get(path.replace("{session}", session));
        assertThat(refused.json().get("type").stringValue()).endsWith(type);
    }
}
