package dev.socketlab.web.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The OpenAPI document as Swagger UI shows it: there the operation that makes a socket stands
 * twice, for the server and for the client, so that the page can be tried from the top down.
 * Generators of clients would make everything of such an operation twice.
 */
@Hidden
@RestController
class PageDocument {
    private final OpenApiWebMvcResource openApi;
    private final OperationTexts texts;
    private final JsonMapper mapper;

    PageDocument(OpenApiWebMvcResource openApi, OperationTexts texts, JsonMapper mapper) {
        this.openApi = openApi;
        this.texts = texts;
        this.mapper = mapper;
    }

    @GetMapping(path = "/openapi/page.json", produces = MediaType.APPLICATION_JSON_VALUE)
    JsonNode document(HttpServletRequest request, Locale locale) throws JsonProcessingException {
        JsonNode document = mapper.readTree(openApi.openapiJson(request, "/v3/api-docs", locale));
        for (JsonNode path : document.get("paths")) {
            for (JsonNode operation : path) {
                ArrayNode tags = operation.withArray("tags");
                tags.removeAll();
                texts.text(operation.get("operationId").stringValue()).tags().forEach(tags::add);
            }
        }
        return document;
    }
}
