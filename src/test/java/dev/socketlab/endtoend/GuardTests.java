package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask: names of the service, and pages of its own; what the server refuses by itself. */
class GuardTests extends LiveServiceTests {
    /** Sends bytes as they are and gives the answer, after which the server closes. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            RawAnswer answer = RawAnswer.read(in, request);
            assertThat(in.read()).isEqualTo(-1);
            return answer.toString();
        }
    }

    private String withHeaders(String method, String path, String host, String more)
            throws IOException {
        return raw(
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nConnection: close\r\nContent-Length: 0\r\n"
                        + more
                        + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.localhost.x",
                "127.0.0.1.nip.io",
                "0.0.0.0",
                "localhost.evil",
                "[::2]",
                "10.0.0.1",
                "127.0.0.256",
                "2130706433"
            })
    void aHostThatIsNotTheServicesIs421Everywhere(String host) throws IOException {
        for (String path : new String[] {"/api/v1/sessions", "/actuator/health", "/nowhere", "/"}) {
            assertThat(withHeaders("GET", path, host, ""))
                    .startsWith("HTTP/1.1 421")
                    .contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:1", "[::1]:80"})
    void aLoopbackNameIsTheServices(String host) throws IOException {
        assertThat(withHeaders("GET", "/api/v1/sessions", host, "")).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, null",
        "Origin, http://evil.example",
        "Origin, http://localhost:3000",
        "Origin, http://localhost.evil.example"
    })
    void whatAPageOfAnotherSiteSendsIs403AndNothingIsDone(String header, String value)
            throws IOException {
        String line = header + ": " + value + "\r\n";
        http.post(session + "/sockets", null);
        for (String method : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
            assertThat(withHeaders(method, session, "localhost", line))
                    .startsWith("HTTP/1.1 403")
                    .contains("/problems/policy/cross-site");
        }
        for (String path :
                new String[] {"SO_ERROR", "SO%5fERROR", "4?level=1", "SO_ERROR?level=SOL_SOCKET"}) {
            for (String method : new String[] {"GET", "HEAD"}) {
                assertThat(
                                withHeaders(
                                        method,
                                        session + "/sockets/3/options/" + path,
                                        "localhost",
                                        line))
                        .startsWith("HTTP/1.1 403");
            }
        }
        assertThat(withHeaders("GET", session, "localhost", line + "Accept: text/event-stream\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(http.get(session).json().get("fds")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, same-origin", "Sec-Fetch-Site, none", "Origin, http://localhost"})
    void whatAPageOfTheServiceSendsIsAnswered(String header, String value) throws IOException {
        assertThat(
                        withHeaders(
                                "POST",
                                session + "/sockets",
                                "localhost",
                                header + ": " + value + "\r\n"))
                .startsWith("HTTP/1.1 201");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            })
    void whatTheServerRefusesItselfIsAProblemDocumentToo(String request) throws IOException {
        assertThat(raw(request))
                .matches("(?s)HTTP/1.1 4[0-9][0-9].*")
                .contains("application/problem+json")
                .doesNotContain("<html", "Tomcat", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=%zz", "wait=%", "a=%ff"})
    void aQueryThatCannotBeReadIs400(String query) throws IOException {
        for (String path : new String[] {"/api/v1/sessions", "/actuator/health", session}) {
            assertThat(withHeaders("GET", path + "?" + query, "localhost", ""))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json");
        }
    }

    @Test
    void aPathWithParametersIs400() throws IOException {
        for (String path : new String[] {session + ";wait=%zz", session + "/sockets;x=1"}) {
            assertThat(withHeaders("GET", path, "localhost", ""))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json");
        }
    }

    @Test
    void aHeadTooLargeIsRefused() throws IOException {
        assertThat(withHeaders("GET", "/", "localhost", "X: " + "x".repeat(20_000) + "\r\n"))
                .startsWith("HTTP/1.1 4");
    }

    @Test
    void theServicesOwnPortIsNoSessions() {
        int fd = http.post(session + "/sockets", null).fd();
        for (String call : new String[] {"bind", "connect"}) {
            for (String host : new String[] {"127.0.0.1", "127.9.9.9"}) {
                Http.Answer answer =
                        http.post(
                                sockets(fd) + "/" + call,
                                "{\"addr\":\"" + host + ":" + port + "\"}");
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.json().get("type").stringValue()).endsWith("/policy/own-port");
                assertThat(answer.json().has("errno")).isFalse();
            }
        }
    }

    @Test
    void listeningWithoutBindingIsRefusedWithAHint() {
        int fd = http.post(session + "/sockets", null).fd();
        Http.Answer answer = http.post(sockets(fd) + "/listen", null);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().get("detail").stringValue()).contains("bind it to 127.0.0.1");
    }

    @Test
    void everyTypeOfAProblemOpensAsAPage() {
        int fd = http.post(session + "/sockets", null).fd();
        for (Http.Answer problem :
                new Http.Answer[] {
                    http.get(sockets(fd) + "/getpeername"),
                    http.post(sockets(fd) + "/listen", null),
                    http.post(session + "/getaddrinfo", "{}"),
                    http.get("/api/v1/sessions/none"),
                    http.send("PUT", "/api/v1/sessions", null),
                    http.post("/api/v1/sessions", "[]")
                }) {
            String type = problem.json().get("type").stringValue();
            String path = type.substring(type.indexOf("/problems/"));
            Http.Answer json = http.send(http.request(path).header("Accept", "application/json"));
            Http.Answer html = http.send(http.request(path).header("Accept", "text/html"));
            assertThat(json.status()).as(path).isEqualTo(200);
            assertThat(json.json().get("meaning").stringValue()).isNotEmpty();
            assertThat(html.type()).as(path).isEqualTo("text/html");
        }
        assertThat(http.get("/problems/errno/ENONSENSE").status()).isEqualTo(404);
    }

    /** By name, by number, and by a number under another name of its level. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SO_MARK",
                "36?level=SOL_SOCKET",
                "0x24?level=1",
                "SO_BINDTODEVICE",
                "25?level=SOL_SOCKET",
                "SO_BINDTOIFINDEX",
                "62?level=SOL_SOCKET",
                "SO_ATTACH_FILTER",
                "26?level=SOL_SOCKET",
                "SO_RCVBUFFORCE",
                "33?level=SOL_SOCKET",
                "SO_BUSY_POLL",
                "46?level=SOL_SOCKET",
                "SO_PEERPIDFD",
                "77?level=SOL_SOCKET",
                "IP_TRANSPARENT",
                "19?level=IPPROTO_IP",
                "SO_SNDLOWAT?level=IPPROTO_IP",
                "IP_OPTIONS",
                "4?level=0",
                "IP_ADD_MEMBERSHIP",
                "35?level=IPPROTO_IP",
                "64?level=IPPROTO_IP",
                "200?level=IPPROTO_IP",
                "64?level=IPPROTO_IPV6",
                "TCP_REPAIR",
                "19?level=IPPROTO_TCP",
                "TCP_ULP",
                "31?level=IPPROTO_TCP",
                "TCP_MD5SIG",
                "14?level=6",
                "TCP_FASTOPEN_KEY",
                "33?level=IPPROTO_TCP",
                "MCAST_JOIN_GROUP?level=IPPROTO_IPV6",
                "46?level=41",
                "0x2a?level=SOL_IPV6",
                "IPV6_RTHDR",
                "57?level=IPPROTO_IPV6",
                "IPV6_2292PKTOPTIONS"
            })
    void aDangerousOptionIsRefusedHoweverItIsWritten(String option) {
        String bytes = "{\"optval\":{\"data\":\"01000000\",\"encoding\":\"hex\"}}";
        int fd = http.post(session + "/sockets", null).fd();
        String path = sockets(fd) + "/options/" + option;
        for (Http.Answer answer :
                new Http.Answer[] {http.send("PUT", path, bytes), http.get(path)}) {
            String seen = new String(answer.bytes(), StandardCharsets.UTF_8);
            assertThat(answer.status()).as(seen).isEqualTo(403);
            assertThat(seen).contains("/policy/option").doesNotContain("errno");
        }
    }
}
