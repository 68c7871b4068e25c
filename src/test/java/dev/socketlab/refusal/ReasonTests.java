package dev.socketlab.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.session.LimitException.Limit;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of refusals, in English and in Korean. */
class ReasonTests {
    /** Spring's own codes, which no code of the service's names: ErrorResponse. */
    private static final String SPRING = "problemDetail.";

    private static final Pattern CODE = Pattern.compile("Reason\\.of\\(\\s*\"([^\"]+)\"\\s*[,)]");
    private static final Pattern NO_CODE =
            Pattern.compile("Reason\\.of\\(\\s*+(?!\"[^\"]+\"\\s*[,)])");
    private static final Pattern PLACE = Pattern.compile("\\{[0-9]}");

    private final Map<String, String> english;
    private final Map<String, String> korean;

    ReasonTests() throws IOException {
        english = texts("messages.properties");
        korean = texts("messages_ko.properties");
    }

    @Test
    void everyCodeHasATextInEveryLanguageAndEveryTextItsCode() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String source : sources()) {
            CODE.matcher(source).results().forEach(code -> codes.add(code.group(1)));
        }
        for (Limit limit : Limit.values()) {
            codes.add("limit." + limit.slug());
        }
        assertThat(without(SPRING, english.keySet())).isEqualTo(codes);
        assertThat(korean.keySet()).isEqualTo(english.keySet());
    }

    /** The test above sees no code that is put together; those of limits it knows. */
    @Test
    void codesAreWrittenOut() throws IOException {
        for (String source : sources()) {
            if (!source.contains("class LimitException")) {
                assertThat(NO_CODE.matcher(source).results().map(MatchResult::group)).isEmpty();
            }
        }
    }

    @Test
    void aTextHasTheSamePlacesInEveryLanguage() {
        english.forEach((code, text) ->
                assertThat(places(korean.get(code))).as(code).isEqualTo(places(text)));
    }

    @Test
    void koreanIsKoreanWhereEnglishHasWordsOfItsOwn() {
        english.forEach((code, text) -> {
            if (PLACE.matcher(text).replaceAll("").matches(".*[a-z].*")) {
                assertThat(korean.get(code)).as(code).containsPattern("[가-힣]");
            }
        });
    }

    /** A single quote would swallow what follows it. */
    @Test
    void everyTextIsAFormat() {
        Stream.of(english, korean)
                .flatMap(texts -> texts.entrySet().stream())
                .forEach(text -> {
                    assertThat(text.getValue().replace("''", "").replaceAll("'[{}]'", ""))
                            .as(text.getKey())
                            .doesNotContain("'");
                    assertThat(new MessageFormat(text.getValue()).format(new Object[9]))
                            .as(text.getKey())
                            .isNotBlank();
                });
    }

    @Test
    void numbersAreWrittenAsTheyAre() {
        assertThat(Reason.of("limit.sessions", 10_000).in(Locale.KOREAN)).contains("10000개");
    }

    @Test
    void aReasonWithinAReasonIsInTheSameLanguage() {
        Reason reason = Reason.of("policy.own-port", Reason.of("use.connect"), 8080);
        assertThat(reason)
                .hasToString(
                        "A session may not connect to port 8080 of this machine: the service itself"
                                + " listens there. Take another port.");
        assertThat(reason.in(Locale.KOREAN)).contains("connect할").doesNotContain("connect to");
    }

    @Test
    void aLanguageThatThereIsNotIsEnglish() {
        assertThat(Reason.of("limit.stopping").in(Locale.FRENCH))
                .isEqualTo("The service is stopping.");
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> without(String prefix, Set<String> codes) {
        return codes.stream()
                .filter(code -> !code.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    private static Map<String, String> texts(String resource) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources", resource))) {
            properties.load(reader);
        }
        Map<String, String> texts = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(code -> texts.put(code, properties.getProperty(code)));
        return texts;
    }
}
