package dev.socketlab.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Accept-Language, RFC 9110 12.5.4. */
class AnswerLanguageTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ko | ko",
                "KO | ko",
                "ko-KR | ko",
                "ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7 | ko",
                "en | en",
                "en-GB | en",
                "en,ko | en",
                "ko,en | ko",
                "ko;q=0.5,en;q=0.4 | ko",
                "ko;q=0.4,en;q=0.5 | en",
                "ja | en",
                "ja,ko;q=0.1 | ko",
                "* | en",
                "ko,* | ko",
                "*;q=0.5,ko;q=0.9 | ko",
                "ja,*;q=0.8,ko;q=0.5 | en",
                "en;q=0 | en",
                "en;q=0,* | ko",
                "ko;q=0,* | en",
                "ko;q=0 | en",
                "kok | en",
            })
    void theLanguageIsTheOneThatIsLikedBest(String acceptLanguage, String language) {
        assertThat(AnswerLanguage.preferred(acceptLanguage).getLanguage()).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "ko;q=2", "ko;q=x", "한국어", "ko_KR", ";"})
    void whatCannotBeReadIsEnglish(String acceptLanguage) {
        assertThat(AnswerLanguage.preferred(acceptLanguage).getLanguage()).isEqualTo("en");
    }

    @ParameterizedTest
    @CsvSource({"ja, ko, ko", "en, ko, en"})
    void linesOfTheHeaderAreOneList(String first, String second, String language) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("Accept-Language", first);
        request.addHeader("Accept-Language", second);
        assertThat(AnswerLanguage.of(request).getLanguage()).isEqualTo(language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "Accept, Accept-Language"})
    void whatElseAnAnswerVariesByStays(String vary) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        for (String field : vary.split(", ")) {
            response.addHeader("Vary", field);
        }
        AnswerLanguage.tell(response, Locale.KOREAN);
        assertThat(response.getHeaders("Vary")).containsExactly("Accept", "Accept-Language");
        assertThat(response.getHeader("Content-Language")).isEqualTo("ko");
    }
}
