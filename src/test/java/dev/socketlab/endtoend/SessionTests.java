package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sessions, and the forms of requests and answers. */
class SessionTests extends LiveServiceTests {
    @Test
    void aSessionIsMadeListedReadAndEnded() {
        Http.Answer made =
                http.post("/api/v1/sessions", "{\"name\":\"mine\",\"network\":\"host\"}");
        JsonNode body = made.json();
        String id = body.get("id").stringValue();
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo("/api/v1/sessions/" + id);
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(body.get("name").stringValue()).isEqualTo("mine");
        assertThat(body.get("network").stringValue()).isEqualTo("host");
        assertThat(body.get("hosts")).isEmpty();
        assertThat(body.get("limits").get("fds").intValue()).isEqualTo(256);
        assertThat(body.get("limits").get("fdsInFlight").intValue()).isEqualTo(256);
        assertThat(Instant.parse(body.get("expiresAt").stringValue()))
                .isAfter(Instant.parse(body.get("createdAt").stringValue()));
        assertThat(http.get("/api/v1/sessions").json().valueStream())
                .anyMatch(one -> one.get("id").stringValue().equals(id));
        assertThat(http.get("/api/v1/sessions/latest").json().get("id").stringValue())
                .isEqualTo(id);

        String latest = "/api/v1/sessions/latest";
        int fd = http.post(latest + "/sockets", null).fd();
        int list =
                http.post(latest + "/getaddrinfo", "{\"node\":\"127.0.0.1\"}")
                        .json()
                        .get("id")
                        .intValue();
        assertThat(http.get(latest).json().get("fds")).hasToString("[" + fd + "]");
        assertThat(http.get(latest).json().get("addrinfo")).hasToString("[" + list + "]");
        assertThat(http.delete(latest).json()).hasToString("{\"closed\":[3],\"unfreed\":[1]}");
        assertThat(http.get("/api/v1/sessions/" + id).status()).isEqualTo(404);
    }

    @Test
    void aSessionHas256FdsAndTheNextIsEmfile() {
        for (int fd = 3; fd < 259; fd++) {
            assertThat(http.post(session + "/sockets", null).fd()).isEqualTo(fd);
        }
        Http.Answer refused = http.post(session + "/sockets", null);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().get("errno").stringValue()).isEqualTo("EMFILE");
        http.delete(sockets(100));
        assertThat(http.post(session + "/sockets", null).fd()).isEqualTo(100);
    }

    @Test
    void addrinfoIsReadAgainAndFreed() {
        Http.Answer made =
                http.post(
                        session + "/getaddrinfo",
                        "{\"node\":\"localhost\",\"service\":\"80\","
                                + "\"hints\":{\"family\":\"AF_INET\",\"socktype\":\"SOCK_STREAM\"}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith("/addrinfo/1");
        JsonNode body = made.json();
        assertThat(body.get("res").get(0))
                .hasToString(
                        "{\"family\":\"AF_INET\",\"socktype\":\"SOCK_STREAM\",\"protocol\":\"IPPROTO_TCP\","
                                + "\"addr\":{\"family\":\"AF_INET\",\"address\":\"127.0.0.1\",\"port\":80},"
                                + "\"canonname\":null}");
        assertThat(body.get("lookup").get("source").stringValue()).isEqualTo("files");
        assertThat(body.get("lookup").get("nameserver").isNull()).isTrue();
        assertThat(http.get(session + "/addrinfo/1").json()).isEqualTo(body);
        assertThat(http.delete(session + "/addrinfo/1").json()).hasToString("{}");
        assertThat(http.get(session + "/addrinfo/1").status()).isEqualTo(404);
    }

    @Test
    void aFailedLookupCarriesItsEaiCode() {
        Http.Answer answer =
                http.post(
                        session + "/getaddrinfo",
                        "{\"node\":\"x\",\"hints\":{\"flags\":[\"AI_NUMERICHOST\"]}}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().get("eai").stringValue()).isEqualTo("EAI_NONAME");
        assertThat(answer.json().get("returned").intValue()).isEqualTo(-2);
        assertThat(answer.json().has("errno")).isFalse();
    }

    @Test
    void getnameinfoGivesHostAndService() {
        String flags = "[\"NI_NUMERICHOST\",\"NI_NUMERICSERV\"]";
        assertThat(
                        http.post(
                                        session + "/getnameinfo",
                                        "{\"addr\":\"[::1]:80\",\"flags\":" + flags + "}")
                                .json())
                .hasToString("{\"returned\":0,\"host\":\"::1\",\"service\":\"80\"}");
    }

    @Test
    void bytesGoRawBothWaysWhenAskedFor() {
        Pair pair = pair();
        byte[] bytes = {0, 1, (byte) 0xff, 'x'};
        Http.Answer sent =
                http.send(
                        http.request(
                                        sockets(pair.client())
                                                + "/send?flags=MSG_NOSIGNAL,MSG_MORE&flags=64")
                                .header("Content-Type", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertThat(sent.json()).hasToString("{\"returned\":4}");
        http.post(sockets(pair.client()) + "/shutdown", "{\"how\":\"SHUT_WR\"}");
        Http.Answer received =
                http.send(
                        http.request(sockets(pair.server()) + "/recv")
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"len\":99}")));
        assertThat(received.status()).isEqualTo(200);
        assertThat(received.type()).isEqualTo("application/octet-stream");
        assertThat(received.bytes()).isEqualTo(bytes);
        assertThat(received.header("Socket-Result")).isEqualTo("{\"returned\":4}");
        assertThat(received.header("Content-Security-Policy")).contains("sandbox");
        assertThat(received.header("X-Content-Type-Options")).isEqualTo("nosniff");
        Http.Answer end =
                http.send(
                        http.request(sockets(pair.server()) + "/read")
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"count\":99}")));
        assertThat(end.header("Socket-Result")).isEqualTo("{\"returned\":0}");
        Http.Answer failed =
                http.send(
                        http.request(sockets(900) + "/recv")
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"len\":99}")));
        assertThat(failed.status()).isEqualTo(404);
        assertThat(failed.type()).isEqualTo("application/problem+json");
    }

    @Test
    void bytesThatAreNotUtf8ComeAsBase64AndHexWhenAskedFor() {
        Pair pair = pair();
        http.post(sockets(pair.client()) + "/send", "{\"data\":\"ff00\",\"encoding\":\"hex\"}");
        assertThat(http.post(sockets(pair.server()) + "/recv", "{\"len\":1}").json())
                .hasToString("{\"returned\":1,\"data\":\"/w==\",\"encoding\":\"base64\"}");
        assertThat(
                        http.post(
                                        sockets(pair.server()) + "/recv",
                                        "{\"len\":1,\"encoding\":\"hex\"}")
                                .json())
                .hasToString("{\"returned\":1,\"data\":\"00\",\"encoding\":\"hex\"}");
        http.post(sockets(pair.client()) + "/write", "{\"data\":\"héllo\"}");
        assertThat(http.post(sockets(pair.server()) + "/read", "{\"count\":9}").json())
                .hasToString("{\"returned\":6,\"data\":\"héllo\",\"encoding\":\"utf-8\"}");
    }

    @Test
    void optionsAreReadByNameByNumberRawAndAllTogether() {
        int fd = http.post(session + "/sockets", null).fd();
        String options = sockets(fd) + "/options";
        assertThat(http.get(options + "/SO_TYPE").json())
                .hasToString(
                        "{\"returned\":0,\"level\":\"SOL_SOCKET\",\"optname\":\"SO_TYPE\",\"optval\":1}");
        assertThat(http.get(options + "/3?level=1").json().get("optname").stringValue())
                .isEqualTo("SO_TYPE");
        assertThat(http.get(options + "/SO_TYPE?optlen=4&encoding=hex").json().get("optval"))
                .hasToString("{\"data\":\"01000000\",\"encoding\":\"hex\"}");
        assertThat(http.get(options + "/9999?level=SOL_SOCKET").json().get("errno").stringValue())
                .isEqualTo("ENOPROTOOPT");
        assertThat(http.get(options + "/TCP_INFO").json().get("optval").get("state").stringValue())
                .isEqualTo("CLOSE");
        assertThat(
                        http.send(
                                        "PUT",
                                        options + "/SO_RCVTIMEO",
                                        "{\"optval\":{\"tv_sec\":1,\"tv_usec\":500000}}")
                                .status())
                .isEqualTo(200);
        assertThat(http.get(options + "/SO_RCVTIMEO").json().get("optval"))
                .hasToString("{\"tv_sec\":1,\"tv_usec\":500000}");
        JsonNode all = http.get(options).json().get("options");
        assertThat(all.valueStream().map(one -> one.get("optname").asString()))
                .contains("SO_RCVBUF", "TCP_NODELAY", "IP_TTL")
                .doesNotContain("SO_ERROR", "SO_MARK");
        assertThat(http.get(sockets(900) + "/options").status()).isEqualTo(404);
    }

    @Test
    void flagsAreSetToExactlyTheList() {
        int fd = http.post(session + "/sockets", "{\"flags\":[\"SOCK_NONBLOCK\"]}").fd();
        assertThat(http.get(sockets(fd) + "/flags").json().get("flags"))
                .hasToString("[\"O_RDWR\",\"O_NONBLOCK\"]");
        assertThat(http.send("PUT", sockets(fd) + "/flags", "{\"flags\":[\"O_ASYNC\"]}").json())
                .hasToString("{\"returned\":0,\"flags\":[\"O_ASYNC\"]}");
        assertThat(http.get(sockets(fd) + "/flags").json().get("flags"))
                .hasToString("[\"O_RDWR\",\"O_ASYNC\"]");
        assertThat(http.post(sockets(fd) + "/fcntl", "{\"cmd\":\"F_DUPFD\",\"arg\":9}").json())
                .hasToString("{\"returned\":9,\"fd\":9}");
        http.send("PUT", sockets(9) + "/flags", "{\"flags\":[\"O_NONBLOCK\"]}");
        assertThat(http.get(sockets(fd) + "/flags").json().get("flags"))
                .hasToString("[\"O_RDWR\",\"O_NONBLOCK\"]");
        assertThat(
                        http.post(sockets(fd) + "/fcntl", "{\"cmd\":\"F_DUPFD\",\"arg\":900}")
                                .json()
                                .get("errno")
                                .stringValue())
                .isEqualTo("EINVAL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F_DUPFD", "F_DUPFD_CLOEXEC"})
    void fcntlThatMakesADescriptorAnswersAsDup(String cmd) {
        int fd = http.post(session + "/sockets", "{}").fd();
        Http.Answer made =
                http.post(sockets(fd) + "/fcntl", "{\"cmd\":\"%s\",\"arg\":50}".formatted(cmd));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json()).hasToString("{\"returned\":50,\"fd\":50}");
        assertThat(made.header("Location")).isEqualTo(sockets(50));
        assertThat(http.post(sockets(fd) + "/fcntl", "{\"cmd\":\"F_GETFD\"}").status())
                .isEqualTo(200);
    }

    @Test
    void constantsAndCapabilitiesAreListed() {
        JsonNode constants = http.get("/api/v1/constants").json();
        assertThat(constants.get("AF_INET6").intValue()).isEqualTo(10);
        assertThat(constants.get("EADDRINUSE").intValue()).isEqualTo(98);
        assertThat(constants.get("EAI_NONAME").intValue()).isEqualTo(-2);
        JsonNode capabilities = http.get("/api/v1/capabilities").json();
        for (String name : new String[] {"isolated", "interfaces", "ipv6"}) {
            JsonNode capability = capabilities.get(name);
            boolean available = capability.get("available").booleanValue();
            assertThat(capability.get("reason").isNull()).as(name).isEqualTo(available);
            assertThat(capability.get("remedy").isNull()).as(name).isEqualTo(available);
        }
        assertThat(capabilities.get("host").get("available").booleanValue()).isTrue();
    }

    @Test
    void utf8IsReadWhateverTheContentTypeSaysOfIt() {
        Pair pair = pair();
        Http.Answer sent =
                http.send(
                        http.request(sockets(pair.client()) + "/send")
                                .header("Content-Type", "application/json;charset=utf-8")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"data\":\"日本\"}", StandardCharsets.UTF_8)));
        assertThat(sent.json().get("returned").intValue()).isEqualTo(6);
    }

    @Test
    void anAnswerThatTheClientWouldNotTakeIsRefusedBeforeTheCall() {
        Pair pair = pair();
        http.post(sockets(pair.client()) + "/send", "{\"data\":\"0123\"}");
        for (String accept :
                new String[] {
                    "image/png",
                    "application/json;q=0",
                    "application/octet-stream;q=0",
                    "application/json;charset=utf-16",
                    "application/json;charset=iso-8859-1, application/json;q=0.5",
                    "*/*;q=0"
                }) {
            Http.Answer refused =
                    http.send(
                            http.request(sockets(pair.server()) + "/recv")
                                    .header("Accept", accept)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"len\":1}")));
            assertThat(refused.status()).as(accept).isEqualTo(406);
            assertThat(refused.type()).as(accept).isEqualTo("application/problem+json");
        }
        assertThat(http.post(sockets(pair.server()) + "/recv", "{\"len\":9}").json().get("data"))
                .hasToString("\"0123\"");
    }

    @Test
    void a64BitOptionIsUnsigned() {
        int fd = http.post(session + "/sockets", null).fd();
        String path = sockets(fd) + "/options/SO_MAX_PACING_RATE";
        String all = "18446744073709551615";
        assertThat(http.get(path).json().get("optval")).hasToString(all);
        assertThat(http.send("PUT", path, "{\"optval\":" + all + "}").status()).isEqualTo(200);
        assertThat(http.send("PUT", path, "{\"optval\":" + all + "0}").status()).isEqualTo(400);
    }

    @Test
    void aBodyThatMayBeMissingMayBeNull() {
        assertThat(http.post(session + "/sockets", "null").status()).isEqualTo(201);
        assertThat(http.post(sockets(3) + "/bind", "null").status()).isEqualTo(400);
    }
}
