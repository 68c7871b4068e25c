package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages behind the types of problems, as browsers and programs ask for them. */
class ProblemPageTests extends LiveServiceTests {
    private Http.Answer ask(String path, String accept, String language) {
        return http.send(
                http.request(path).header("Accept", accept).header("Accept-Language", language));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | en | What it means",
                "ko | ko | 뜻",
                "ko-KR,ko;q=0.9,en;q=0.8 | ko | 뜻",
                "fr-FR,ko;q=0.5,en;q=0.1 | ko | 뜻",
                "fr | en | What it means",
                "* | en | What it means"
            })
    void aPageIsInTheLanguageOfTheRequest(String asked, String language, String heading) {
        Http.Answer page = ask("/problems/errno/EADDRINUSE", "text/html", asked);
        assertThat(page.header("Content-Language")).isEqualTo(language);
        assertThat(page.header("Vary")).contains("Accept-Language");
        assertThat(new String(page.bytes(), StandardCharsets.UTF_8))
                .contains(
                        "<html lang=\"" + language + "\">",
                        "<h2>" + heading + "</h2>",
                        "EADDRINUSE",
                        "Address already in use",
                        "98",
                        "color-scheme");
    }

    @Test
    void aProgramGetsJsonUnlessItAsksForAPage() {
        for (String accept : new String[] {"*/*", "application/json"}) {
            Http.Answer page = ask("/problems/eai/EAI_NONAME", accept, "ko");
            assertThat(page.type()).isEqualTo("application/json");
            assertThat(page.json().get("title").stringValue()).isEqualTo("EAI_NONAME");
            assertThat(page.json().get("number").intValue()).isEqualTo(-2);
            assertThat(page.json().get("meaning").stringValue()).contains("이름");
            assertThat(page.json().get("calls")).hasSize(2);
        }
    }

    @Test
    void aBrowserGetsAPage() {
        String accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (String path : new String[] {"/problems", "/problems/policy/egress"}) {
            assertThat(ask(path, accept, "en").type()).as(path).isEqualTo("text/html");
        }
    }

    @Test
    void theListHasEveryType() {
        String list =
                new String(ask("/problems", "text/html", "en").bytes(), StandardCharsets.UTF_8);
        assertThat(list)
                .contains("/problems/errno/EXFULL", "/problems/eai/EAI_AGAIN", "/problems/limit/");
        assertThat(http.get("/problems").json()).hasSize(6);
    }
}
