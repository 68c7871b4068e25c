package dev.socketlab.web.openapi;

import dev.socketlab.web.problem.Explanations;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * The headers of every problem, whose language was chosen by Accept-Language; they stand with that
 * answer of an operation that stands for all others.
 */
final class LanguageHeaders {
    private LanguageHeaders() {}

    /** What they are, once. */
    static void describe(OpenAPI api) {
        JsonSchema language = new JsonSchema();
        language.types(Set.of("string"));
        Explanations.LANGUAGES.forEach(one -> language.addEnumItemObject(one.getLanguage()));
        api.getComponents()
                .addHeaders(
                        HttpHeaders.CONTENT_LANGUAGE,
                        new Header()
                                .description(
                                        "The language of the words, by the Accept-Language of the"
                                                + " request (RFC 9110 12.5.4).")
                                .schema(language))
                .addHeaders(
                        HttpHeaders.VARY,
                        new Header()
                                .description("Accept-Language, and what else it depends on.")
                                .schema(ApiSchemas.string()));
    }

    /** An answer has them. */
    static ApiResponse in(ApiResponse response) {
        for (String name : List.of(HttpHeaders.CONTENT_LANGUAGE, HttpHeaders.VARY)) {
            response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
        }
        return response;
    }
}
