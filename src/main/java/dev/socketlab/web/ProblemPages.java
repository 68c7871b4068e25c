package dev.socketlab.web;

import dev.socketlab.linux.AddrinfoError;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.Netdb;
import dev.socketlab.session.NotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page behind the type of each problem: what it is called and what it means. */
@RestController
@RequestMapping(Problems.PATH)
class ProblemPages {
    private final Properties texts;

    ProblemPages() throws IOException {
        this.texts =
                PropertiesLoaderUtils.loadProperties(new ClassPathResource("problems.properties"));
    }

    /** One type of problem. */
    record Page(String type, String title, String explanation) {}

    @GetMapping(path = "{kind}/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    Page json(@PathVariable String kind, @PathVariable String name) {
        return switch (kind) {
            case "errno" -> errno(name);
            case "eai" -> eai(name);
            default -> other(kind, name);
        };
    }

    @GetMapping(path = "{kind}/{name}", produces = MediaType.TEXT_HTML_VALUE)
    String html(@PathVariable String kind, @PathVariable String name) {
        Page page = json(kind, name);
        return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>%1$s</title>
        <h1>%1$s</h1>
        <p>%2$s</p>
        </html>
        """
                .formatted(
                        HtmlUtils.htmlEscape(page.title()),
                        HtmlUtils.htmlEscape(page.explanation()));
    }

    private Page errno(String name) {
        Integer number = Errno.all().get(name);
        if (number == null) {
            throw notFound();
        }
        return new Page(
                "errno/" + name,
                name,
                new Errno(number).text()
                        + " (errno "
                        + number
                        + "). "
                        + texts.getProperty("errno"));
    }

    private Page eai(String name) {
        OptionalInt number = AddrinfoError.NAMES.value(name);
        if (number.isEmpty()) {
            throw notFound();
        }
        return new Page(
                "eai/" + name,
                name,
                Netdb.text(number.getAsInt())
                        + " ("
                        + number.getAsInt()
                        + "). "
                        + texts.getProperty("eai"));
    }

    private Page other(String kind, String name) {
        String text = texts.getProperty(kind + "." + name);
        if (text == null) {
            text = kind.equals("request") ? status(name) : null;
        }
        if (text == null) {
            throw notFound();
        }
        return new Page(kind + "/" + name, kind + ": " + name, text);
    }

    /** A request that was refused with a status of HTTP's own and no further reason. */
    private static @Nullable String status(String name) {
        for (HttpStatus status : HttpStatus.values()) {
            String slug = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(slug) || name.equals("http-" + status.value())) {
                return "The server refused the request: "
                        + status.value()
                        + " "
                        + status.getReasonPhrase()
                        + " (RFC 9110).";
            }
        }
        return null;
    }

    private static NotFoundException notFound() {
        return new NotFoundException("There is no such problem type.");
    }
}
