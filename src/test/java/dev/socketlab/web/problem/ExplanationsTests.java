package dev.socketlab.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.json.CallReader;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.LimitException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The explanations of problems, in every language. */
class ExplanationsTests {
    static final Iterable<Locale> LANGUAGES = Explanations.LANGUAGES;

    private final Explanations explanations = new Explanations();

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void everyErrnoAndEveryEaiCodeIsExplained(Locale language) {
        assertThat(explanations.all("errno", language)).hasSize(Errno.all().size());
        assertThat(explanations.all("eai", language)).hasSize(AddrinfoError.NAMES.all().size());
        Stream.of("errno", "eai")
                .flatMap(kind -> explanations.all(kind, language).stream())
                .forEach(page -> {
                    assertThat(page.strerror()).as(page.type()).isNotBlank();
                    assertThat(page.meaning()).as(page.type()).isNotBlank();
                    assertThat(page.causes()).as(page.type()).isNotBlank();
                    assertThat(page.remedy()).as(page.type()).isNotBlank();
                    assertThat(CallReader.names()).as(page.type()).containsAll(page.calls());
                });
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void whatPoliciesAndLimitsRefuseIsExplained(Locale language) {
        for (PolicyException.Rule rule : PolicyException.Rule.values()) {
            assertThat(explanations.find("policy", rule.slug(), language))
                    .as(rule.slug())
                    .isPresent();
        }
        for (LimitException.Limit limit : LimitException.Limit.values()) {
            assertThat(explanations.find("limit", limit.slug(), language))
                    .as(limit.slug())
                    .isPresent();
        }
    }

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        Set<String> english = keys("/explanations.properties");
        english.removeIf(key -> key.endsWith(".calls") && !key.startsWith("page."));
        assertThat(keys("/explanations_ko.properties")).isEqualTo(english);
    }

    @Test
    void koreanIsKorean() {
        Stream.of("errno", "eai", "policy", "limit", "request", "machine")
                .flatMap(kind -> explanations.all(kind, Locale.KOREAN).stream())
                .forEach(page ->
                        assertThat(page.meaning()).as(page.type()).containsPattern("[가-힣]{2}"));
    }

    @Test
    void whatIsNoTypeHasNoExplanation() {
        assertThat(explanations.find("errno", "ENONSENSE", Locale.ENGLISH)).isEmpty();
        assertThat(explanations.find("page", "meaning", Locale.ENGLISH)).isEmpty();
        assertThat(explanations.find("request", "conflict", Locale.ENGLISH)).isPresent();
    }

    private Set<String> keys(String resource) throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(getClass().getResourceAsStream(resource)),
                        StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
