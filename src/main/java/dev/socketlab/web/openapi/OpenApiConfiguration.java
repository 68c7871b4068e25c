package dev.socketlab.web.openapi;

import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.Made;
import dev.socketlab.web.problem.Explanations;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The OpenAPI document and the page that shows it, Swagger UI. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Session.class, Caller.class);
        SpringDocUtils.getConfig().addResponseTypeToIgnore(Made.class);
    }

    @Bean
    OpenAPI openApi(OperationTexts texts) {
        OperationTexts.Document document = texts.document();
        return new OpenAPI()
                .info(
                        new Info()
                                .title(document.title())
                                .version("1")
                                .description(document.description())
                                .contact(new Contact().name("Socket Lab"))
                                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This service")))
                .security(List.of())
                .tags(
                        document.tags().stream()
                                .map(tag ->
                                        new Tag().name(tag.name()).description(tag.description()))
                                .toList());
    }

    @Bean
    OpenApiCustomizer operationDocuments(OperationTexts texts, Explanations explanations) {
        return new OperationDocuments(texts.document(), new ProblemExamples(explanations));
    }
}
