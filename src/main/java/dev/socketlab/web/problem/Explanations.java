package dev.socketlab.web.problem;

import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.Errno;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Strerror;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ResourceBundle;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What each type of problem means, which calls give it, what usually causes it and what to try, in
 * the languages of explanations*.properties.
 */
@Component
public final class Explanations {
    /** The languages there are, the one for everybody else first. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.KOREAN);

    /** Who can say no, as the types tell it. */
    static final List<String> KINDS =
            List.of("errno", "eai", "policy", "limit", "request", "machine");

    private static final ResourceBundle.Control NO_SYSTEM_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    /**
     * One type of problem.
     *
     * @param number of an errno or an EAI code
     * @param strerror what the C library says of it
     * @param calls the C functions that give it
     */
    public record Explanation(
            String type,
            String title,
            @Nullable Integer number,
            @Nullable String strerror,
            String meaning,
            List<String> calls,
            @Nullable String causes,
            @Nullable String remedy) {}

    /** The explanation of a type, {@code errno/EAGAIN} say; empty where there is no such type. */
    public Optional<Explanation> find(String kind, String name, Locale language) {
        return switch (kind) {
            case "errno" ->
                    Optional.ofNullable(Errno.all().get(name))
                            .map(number ->
                                    numbered(
                                            kind,
                                            name,
                                            number,
                                            Strerror.of(new Errno(number)),
                                            texts(language)));
            case "eai" -> {
                OptionalInt number = AddrinfoError.NAMES.value(name);
                yield number.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                numbered(
                                        kind,
                                        name,
                                        number.getAsInt(),
                                        Netdb.text(number.getAsInt()),
                                        texts(language)));
            }
            default -> other(kind, name, texts(language));
        };
    }

    /** All types of a kind, in the order of their names. */
    List<Explanation> all(String kind, Locale language) {
        Stream<String> names =
                switch (kind) {
                    case "errno" -> Errno.all().keySet().stream();
                    case "eai" -> AddrinfoError.NAMES.all().keySet().stream();
                    default ->
                            texts(language).keySet().stream()
                                    .filter(isMeaning(kind))
                                    .map(key ->
                                            key.substring(
                                                    kind.length() + 1,
                                                    key.length() - ".meaning".length()));
                };
        return names.sorted().flatMap(name -> find(kind, name, language).stream()).toList();
    }

    /** The title of a type in another language than English, which the C library or HTTP has. */
    static String title(ProblemType type, Locale language) {
        ResourceBundle titles = ResourceBundle.getBundle("titles", language, NO_SYSTEM_LANGUAGE);
        return titles.containsKey(type.path())
                ? titles.getString(type.path())
                : titles.getString(type.kind());
    }

    /** A word of the pages, such as a heading. */
    String word(String name, Locale language) {
        return texts(language).getString("page." + name);
    }

    private static Predicate<String> isMeaning(String kind) {
        return key -> key.startsWith(kind + ".") && key.endsWith(".meaning");
    }

    private static ResourceBundle texts(Locale language) {
        return ResourceBundle.getBundle("explanations", language, NO_SYSTEM_LANGUAGE);
    }

    private static Explanation numbered(
            String kind, String name, int number, String strerror, ResourceBundle texts) {
        String key = kind + "." + name;
        String reasons = texts.containsKey(key + ".causes") ? key : "unused";
        String calls = text(texts, key + ".calls");
        return new Explanation(
                ProblemType.PAGES + kind + "/" + name,
                name,
                number,
                strerror,
                texts.getString(key + ".meaning"),
                calls == null ? List.of() : List.of(calls.split(" ")),
                texts.getString(reasons + ".causes"),
                texts.getString(reasons + ".remedy"));
    }

    private static Optional<Explanation> other(String kind, String name, ResourceBundle texts) {
        String key = kind + "." + name;
        boolean isStatus = kind.equals("request") && isStatus(name);
        if (!KINDS.contains(kind) || (!texts.containsKey(key + ".meaning") && !isStatus)) {
            return Optional.empty();
        }
        return Optional.of(
                new Explanation(
                        ProblemType.PAGES + kind + "/" + name,
                        kind + ": " + name,
                        null,
                        null,
                        texts.getString(
                                texts.containsKey(key + ".meaning")
                                        ? key + ".meaning"
                                        : "status.meaning"),
                        List.of(),
                        text(texts, key + ".causes"),
                        text(texts, key + ".remedy")));
    }

    private static @Nullable String text(ResourceBundle texts, String key) {
        return texts.containsKey(key) ? texts.getString(key) : null;
    }

    /** A request that was refused with a status of HTTP's own and no further reason. */
    private static boolean isStatus(String name) {
        return Stream.of(HttpStatus.values())
                .anyMatch(status ->
                        ("request/" + name).equals(ProblemType.of(status).path())
                                || name.equals("http-" + status.value()));
    }
}
