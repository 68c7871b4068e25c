package dev.socketlab.web.openapi;

import dev.socketlab.json.value.CallAnswer;
import dev.socketlab.json.value.Constants;
import dev.socketlab.session.Session;
import dev.socketlab.web.CapabilitiesController;
import dev.socketlab.web.HostsFileController;
import dev.socketlab.web.OptionController;
import dev.socketlab.web.SessionController;
import dev.socketlab.web.SocketAnswer;
import dev.socketlab.web.problem.Explanations;
import dev.socketlab.web.problem.ProblemPages;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;

/** The schemas of answers, of constants, and those of schemas.yaml. */
@SuppressWarnings({"rawtypes", "unchecked"}) // as the library declares them
final class AnswerSchemas {
    private static final List<Class<?>> ANSWERS =
            List.of(
                    SessionController.Created.class,
                    SessionController.Shown.class,
                    Session.LeakReport.class,
                    OptionController.Options.class,
                    SocketAnswer.class,
                    CapabilitiesController.Capabilities.class,
                    HostsFileController.Hosts.class,
                    Explanations.Explanation.class,
                    ProblemPages.Kind.class,
                    CallAnswer.Returned.class,
                    CallAnswer.Opened.class,
                    CallAnswer.Accepted.class,
                    CallAnswer.Received.class,
                    CallAnswer.ReceivedFrom.class,
                    CallAnswer.Message.class,
                    CallAnswer.Socketpair.class,
                    CallAnswer.Value.class,
                    CallAnswer.Polled.class,
                    CallAnswer.Events.class,
                    CallAnswer.Name.class,
                    CallAnswer.Sockopt.class,
                    CallAnswer.Flags.class,
                    CallAnswer.AddrinfoList.class,
                    CallAnswer.Nameinfo.class,
                    CallAnswer.Nothing.class);

    /** Adds all schemas, in the order of their names. */
    void addTo(OpenAPI api) {
        Map<String, Schema> schemas = new TreeMap<>(api.getComponents().getSchemas());
        for (Class<?> answer : ANSWERS) {
            ResolvedSchema resolved =
                    ModelConverters.getInstance(true)
                            .resolveAsResolvedSchema(new AnnotatedType(answer).resolveAsRef(true));
            schemas.putAll(resolved.referencedSchemas);
        }
        Stream.of(Constants.values())
                .forEach(family -> {
                    String name = ApiSchemas.name(family);
                    schemas.put(name, constant(family));
                    schemas.put(name + ApiSchemas.FLAGS, flags(family, name));
                });
        schemas.putAll(StructureSchemas.all());
        schemas.putAll(written());
        api.getComponents().setSchemas(schemas);
    }

    /** Removes the schemas to which nothing refers, until all that are left are referred to. */
    void removeUnused(OpenAPI api) {
        boolean removed = true;
        while (removed) {
            String document = Json31.pretty(api);
            removed =
                    api.getComponents()
                            .getSchemas()
                            .keySet()
                            .removeIf(name -> !document.contains(ApiSchemas.REF + name + "\""));
        }
    }

    /** The schema of an answer as operations.yaml names it. */
    Schema<?> of(String answer) {
        if (answer.equals("constants")) {
            return new JsonSchema()
                    .types(Set.of("object"))
                    .additionalProperties(
                            new JsonSchema().types(Set.of("integer")).format("int32"));
        }
        if (answer.endsWith("[]")) {
            return ApiSchemas.list(of(answer.substring(0, answer.length() - 2)));
        }
        return ApiSchemas.ref(answer);
    }

    private static Schema<?> constant(Constants family) {
        boolean unsigned = family == Constants.EPOLL_EVENT; // struct epoll_event has a uint32_t
        return new JsonSchema()
                .description(
                        "A name of this family, or a number that fits "
                                + (unsigned ? "32 bits." : "a C int."))
                .oneOf(
                        List.of(
                                names(family),
                                unsigned
                                        ? StructureSchemas.unsigned()
                                                .minimum(BigDecimal.valueOf(Integer.MIN_VALUE))
                                        : StructureSchemas.integer("int32")));
    }

    /**
     * A list of names is a list of elements too; it is said besides, since OpenAPI Generator's
     * Python cannot write a list of elements that have several forms, and second, since its Java
     * knows one list, the first.
     */
    private static Schema<?> flags(Constants family, String name) {
        return new JsonSchema()
                .description("Flags of this family: a list, or one.")
                .anyOf(
                        List.of(
                                ApiSchemas.list(ApiSchemas.ref(name)),
                                ApiSchemas.list(names(family)),
                                ApiSchemas.ref(name)));
    }

    private static Schema<?> names(Constants family) {
        return new JsonSchema().types(Set.of("string"))._enum(family.accepted());
    }

    private static Map<String, Schema> written() {
        try (InputStream in = new ClassPathResource("openapi/schemas.yaml").getInputStream()) {
            Map<String, Schema> schemas = new TreeMap<>();
            Yaml31.mapper()
                    .readTree(in)
                    .properties()
                    .forEach(entry ->
                            schemas.put(
                                    entry.getKey(),
                                    Yaml31.mapper().convertValue(entry.getValue(), Schema.class)));
            return schemas;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
