package dev.socketlab.web.problem;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.NotFoundException;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page behind the type of each problem: JSON for programs, HTML for browsers. */
@RestController
public class ProblemPages {
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private final Explanations explanations;
    private final Template one;
    private final Template all;

    ProblemPages(Explanations explanations) throws IOException {
        this.explanations = explanations;
        this.one = template("problem");
        this.all = template("problems");
    }

    /** The types of one kind, under a heading that says who said no. */
    public record Kind(String kind, List<Explanations.Explanation> pages) {}

    @GetMapping(path = "/problems", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<Kind>> listProblems(Locale language) {
        return in(language, MediaType.APPLICATION_JSON).body(kinds(language));
    }

    @Hidden
    @GetMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> listProblemsAsPage(Locale language) {
        return in(language, HTML)
                .body(
                        all.execute(
                                Map.of(
                                        "language", language.getLanguage(),
                                        "title", explanations.word("all", language),
                                        "kinds", kinds(language))));
    }

    @GetMapping(path = "/problems/{kind}/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Explanations.Explanation> explainProblem(
            @PathVariable String kind, @PathVariable String name, Locale language) {
        return in(language, MediaType.APPLICATION_JSON).body(find(kind, name, language));
    }

    @Hidden
    @GetMapping(path = "/problems/{kind}/{name}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> explainProblemAsPage(
            @PathVariable String kind, @PathVariable String name, Locale language) {
        Explanations.Explanation page = find(kind, name, language);
        String said = name.equals("internal") ? "kind.internal" : "kind." + kind;
        return in(language, HTML)
                .body(
                        one.execute(
                                Map.of(
                                        "language", language.getLanguage(),
                                        "page", page,
                                        "calls", String.join(", ", page.calls()),
                                        "kind", explanations.word(said, language),
                                        "words", words(language))));
    }

    private Explanations.Explanation find(String kind, String name, Locale language) {
        return explanations
                .find(kind, name, language)
                .orElseThrow(() -> new NotFoundException(Reason.of("not-found.problem")));
    }

    private List<Kind> kinds(Locale language) {
        return Explanations.KINDS.stream()
                .map(kind ->
                        new Kind(
                                explanations.word("kind." + kind, language),
                                explanations.all(kind, language)))
                .toList();
    }

    private Map<String, String> words(Locale language) {
        return Stream.of("number", "meaning", "calls", "causes", "remedy", "all")
                .collect(
                        Collectors.toMap(
                                Function.identity(), word -> explanations.word(word, language)));
    }

    private static ResponseEntity.BodyBuilder in(Locale language, MediaType type) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(HttpHeaders.CONTENT_LANGUAGE, language.getLanguage())
                .header(HttpHeaders.VARY, "Accept, Accept-Language");
    }

    private static Template template(String name) throws IOException {
        String text =
                new ClassPathResource("templates/" + name + ".mustache")
                        .getContentAsString(StandardCharsets.UTF_8);
        return Mustache.compiler().emptyStringIsFalse(true).nullValue("").compile(text);
    }
}
