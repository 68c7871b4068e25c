package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

/** A server that answers what it is told, asked as the service is: each planted fault is found. */
class HeldToDocumentTests {
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String SOCKET = "/api/v1/sessions/s/sockets/3";
    private static final String EBADF =
            "{'type':'/problems/errno/EBADF','title':'Bad file descriptor','status':404}";

    private HttpServer server;
    private Http http;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        http = new Http(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    /** What is found in one exchange. */
    private List<String> found(
            String method, String target, String body, int status, String type, String answer) {
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    byte[] bytes = answer.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", type);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        http.send(method, target, body == null ? null : body.replace('\'', '"'));
        return HeldToDocument.takeFaults();
    }

    private List<String> found(String target, int status, String type, String answer) {
        return found("GET", target, null, status, type, answer);
    }

    @Test
    void whatTheDocumentSaysIsNoFault() {
        assertThat(found(SOCKET + "/flags", 200, JSON, "{'returned':2,'flags':[]}")).isEmpty();
    }

    @Test
    void aProblemIsOneInEachOperationAndBesideThem() {
        assertThat(found(SOCKET + "/flags", 404, PROBLEM, EBADF)).isEmpty();
    }

    @Test
    void anAnswerOfAnotherFormIsFound() {
        assertThat(found(SOCKET + "/flags", 200, JSON, "{'returned':'2','flags':[]}"))
                .singleElement()
                .asString()
                .contains("GET " + SOCKET + "/flags 200: answer: /returned: string found");
        assertThat(HeldToDocument.takeFaults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'returned':2} | required property 'flags'",
                "{'returned':2,'flags':[],'more':1} | property 'more'",
                "{'returned':9223372036854775808,'flags':[]} | int64",
                "{'returned':2,'flags':[2147483648]} | int32",
                "{'returned':2,'flags':null} | null found, array expected",
                "{'returned':2, | no JSON"
            })
    void aFieldThatIsOtherwiseIsFound(String answer, String fault) {
        assertThat(found(SOCKET + "/flags", 200, JSON, answer))
                .anySatisfy(one -> assertThat(one).contains(fault));
    }

    @Test
    void aUriThatIsNoneIsFound() {
        String answer = EBADF.replace("/problems/errno", "a b");
        assertThat(found(SOCKET + "/flags", 404, PROBLEM, answer))
                .singleElement()
                .asString()
                .contains("/type: does not match the uri-reference pattern");
    }

    @Test
    void aStatusThatOnlyTheDefaultCoversIsFound() {
        assertThat(found(SOCKET + "/flags", 418, PROBLEM, EBADF))
                .singleElement()
                .asString()
                .endsWith("418: status: is not declared");
    }

    @Test
    void aMediaTypeThatIsNotDeclaredIsFound() {
        assertThat(found(SOCKET + "/flags", 200, "text/html", "<p>"))
                .singleElement()
                .asString()
                .endsWith("answer: media type text/html is not declared");
    }

    @Test
    void aHeaderThatIsMissingIsFound() {
        String answer = "{'returned':4,'fd':4}";
        assertThat(found("POST", SOCKET + "/dup", "{}", 201, JSON, answer))
                .singleElement()
                .asString()
                .endsWith("header Location: is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'flags':'O_NOPE'} | body: /flags",
                "{'flags':[],'more':1} | property 'more'",
                "{} | required property 'flags'",
                " | body: is required"
            })
    void anAcceptedBodyOfAnotherFormIsFound(String body, String fault) {
        String answer = "{'returned':0,'flags':[]}";
        assertThat(found("PUT", SOCKET + "/flags", body, 200, JSON, answer))
                .anySatisfy(one -> assertThat(one).contains(fault));
    }

    @Test
    void anAcceptedParameterThatIsOtherwiseIsFound() {
        String answer = "{'returned':2,'flags':[]}";
        assertThat(found("/api/v1/sessions/s/sockets/x/flags?a=b", 200, JSON, answer))
                .anySatisfy(one -> assertThat(one).contains("parameter fd: : string found"))
                .anySatisfy(one -> assertThat(one).endsWith("parameter a: is not declared"));
    }

    @Test
    void anOperationThatIsNotDeclaredIsFound() {
        assertThat(found("/api/v1/nowhere", 200, JSON, "{}"))
                .singleElement()
                .asString()
                .endsWith("operation: is not declared");
    }

    @Test
    void aRefusalWithoutAProblemDocumentIsFound() {
        assertThat(found("/api/v1/nowhere", 404, "text/html", "<p>"))
                .singleElement()
                .asString()
                .endsWith("answer: is no problem document but text/html");
    }

    @Test
    void aTestInWhichThereWasAFaultFails() {
        HeldToDocument extension = new HeldToDocument();
        HeldToDocument.hold(exchange(418));
        assertThatThrownBy(() -> extension.afterEach(Mockito.mock()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /api/v1/constants 418: status: is not declared");
        HeldToDocument.hold(exchange(418));
        assertThatThrownBy(() -> extension.afterAll(Mockito.mock()))
                .isInstanceOf(AssertionError.class);
        extension.afterEach(Mockito.mock());
    }

    private static Exchange exchange(int status) {
        byte[] none = {};
        return new Exchange("GET", "/api/v1/constants", "", none, status, Map.of(), none);
    }
}
