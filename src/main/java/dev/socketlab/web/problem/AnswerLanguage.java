package dev.socketlab.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.springframework.http.HttpHeaders;

/**
 * The language of an answer, by Accept-Language as RFC 9110 12.5.4 has it: English where a request
 * says nothing, nothing that can be read, or no language that there is.
 */
public final class AnswerLanguage {
    private static final Locale USUAL = Explanations.LANGUAGES.getFirst();
    private static final String ANY = "*";

    private AnswerLanguage() {}

    /** The language that a request's sender likes best of those there are. */
    public static Locale of(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders(HttpHeaders.ACCEPT_LANGUAGE));
        return lines.isEmpty() ? USUAL : preferred(String.join(",", lines));
    }

    /** Of languages liked as well as each other it is the first that is named. */
    static Locale preferred(String acceptLanguage) {
        List<LanguageRange> ranges;
        try {
            ranges = LanguageRange.parse(acceptLanguage); // the most liked first
        } catch (IllegalArgumentException _) {
            return USUAL;
        }
        for (LanguageRange range : ranges) {
            for (Locale language : Explanations.LANGUAGES) {
                if (range.getWeight() > 0 && means(range, language, ranges)) {
                    return language;
                }
            }
        }
        return USUAL;
    }

    /** A * stands for every language that no other range names. */
    private static boolean means(LanguageRange range, Locale language, List<LanguageRange> ranges) {
        return range.getRange().equals(ANY)
                ? ranges.stream().noneMatch(other -> names(other, language))
                : names(range, language);
    }

    /** Korean as it is spoken in Korea is Korean, RFC 4647 3.4. */
    private static boolean names(LanguageRange range, Locale language) {
        String tag = language.getLanguage();
        return range.getRange().equals(tag) || range.getRange().startsWith(tag + "-");
    }

    /** Says in an answer which language was chosen, and that it was. */
    static void tell(HttpServletResponse response, Locale language) {
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.getLanguage());
        if (!response.getHeaders(HttpHeaders.VARY).contains(HttpHeaders.ACCEPT_LANGUAGE)) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        }
    }
}
