package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Problem documents in English and Korean, whoever refuses: the kernel, the service or HTTP. */
class ProblemLanguageTests extends LiveServiceTests {
    private static final String JSON = "application/json";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /nowhere                       | application/json    |                   | 404",
                "GET    | /api/v1/sessions/none          | application/json    |                   | 404",
                "GET    | /problems/errno/ENONSENSE      | application/json    |                   | 404",
                "GET    | /api/v1/constants              | image/png           |                   | 406",
                "GET    | /api/v1/constants              | application/json;q=0|                   | 406",
                "GET    | /api/v1/constants?x=1          | application/json    |                   | 400",
                "DELETE | /api/v1/sessions               | application/json    |                   | 405",
                "POST   | /api/v1/sessions               | application/json    | {                 | 400",
                "POST   | /api/v1/sessions               | application/json    | {\"x\":1}           | 400",
                "POST   | /api/v1/sessions               | application/json    | {\"network\":\"x\"}   | 400",
                "POST   | /api/v1/sessions;a=b           | application/json    |                   | 400",
            })
    void whatTheServiceRefusesIsInTheLanguageOfTheRequest(
            String method, String path, String accept, @Nullable String body, int status) {
        JsonNode english = ask(method, path, accept, body, "en", status);
        assertThat(words(english)).doesNotContainPattern("[가-힣]");
        JsonNode korean = ask(method, path, accept, body, "fr,ko-KR;q=0.8,en;q=0.5", status);
        assertThat(korean.get("title").stringValue()).containsPattern("[가-힣]");
        assertThat(korean.get("detail").stringValue()).containsPattern("[가-힣]");
        assertThat(korean.get("type")).isEqualTo(english.get("type"));
        assertThat(korean.get("where")).isEqualTo(english.get("where"));
        assertThat(ask(method, path, accept, body, "", status)).isEqualTo(english);
    }

    private JsonNode ask(
            String method,
            String path,
            String accept,
            @Nullable String body,
            String language,
            int status) {
        Http.Answer answer =
                http.send(
                        http.request(path)
                                .header("Accept", accept)
                                .header("Accept-Language", language)
                                .header("Content-Type", JSON)
                                .method(method, body(body)));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.header("Content-Language"))
                .isEqualTo(language.contains("ko") ? "ko" : "en");
        assertThat(answer.header("Vary")).contains("Accept-Language");
        return answer.json();
    }

    private static HttpRequest.BodyPublisher body(@Nullable String body) {
        return body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body);
    }

    private static String words(JsonNode problem) {
        return problem.get("title").stringValue() + problem.get("detail").stringValue();
    }

    @Test
    void whatTheKernelRefusesHasItsTitleInTheLanguageAndIsWrittenAsStraceWritesIt() {
        try (LabSession lab = LabSession.on(http, "host")) {
            int fd = lab.socket("{}");
            for (String language : new String[] {"en", "ko"}) {
                Http.Answer answer =
                        http.send(
                                http.request(lab.at(fd) + "/accept")
                                        .header("Accept-Language", language)
                                        .method("POST", body(null)));
                assertThat(answer.header("Content-Language")).isEqualTo(language);
                assertThat(answer.header("Vary")).isEqualTo("Accept-Language");
                JsonNode problem = answer.json();
                assertThat(problem.get("title").stringValue())
                        .isEqualTo(language.equals("ko") ? "잘못된 인자" : "Invalid argument");
                assertThat(problem.get("detail").stringValue())
                        .isEqualTo("accept(" + fd + ") = -1 EINVAL");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /a[b HTTP/1.1, 400", // the server itself, which knows no application yet
        "TRACE / HTTP/1.1, 405" // the servlet container, by sendError
    })
    void whatTheServerRefusesByItselfIsInTheLanguageToo(String line, int status)
            throws IOException {
        String answer = raw(line + "\r\nHost: localhost\r\nAccept-Language: ko\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains(
                        "content-language: ko",
                        "vary: accept-language",
                        "content-type: application/problem+json\r\n");
        assertThat(answer.substring(answer.indexOf("\"detail\""))).containsPattern("[가-힣]{2}");
    }

    @Test
    void aHostThatIsNotTheServicesIsToldSoInTheLanguage() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: elsewhere\r\nAccept-Language: ko\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("Content-Language: ko", "이 서비스의 이름이 아니다");
    }

    private String raw(String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String request = head + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
