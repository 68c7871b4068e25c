package dev.socketlab.web.openapi;

import com.fasterxml.jackson.databind.JavaType;
import dev.socketlab.json.value.Constant;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.linux.SocketAddress;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Schemas of what records alone do not tell: constants by name, addresses, values of options, what
 * is required and what can be null.
 */
@Component
@SuppressWarnings({"rawtypes", "unchecked"}) // as the library declares them
class ApiSchemas implements ModelConverter {
    /** How a schema of the document is referred to. */
    static final String REF = "#/components/schemas/";

    /** The schemas of the Java types that have a form of their own in JSON. */
    private static final Map<Class<?>, String> FORMS =
            Map.of(
                    SocketAddress.class, "SocketAddress",
                    JsonNode.class, "OptionValue");

    @Override
    public boolean isOpenapi31() {
        return true;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Constant constant = constant(type.getCtxAnnotations());
        if (constant != null) {
            return constant.flags() ? list(constant(constant)) : constant(constant);
        }
        Class<?> raw = raw(type.getType());
        if (raw == DataEncoding.class) {
            return new JsonSchema()
                    .types(Set.of("string"))
                    ._enum(Stream.of(DataEncoding.values()).map(DataEncoding::text).toList());
        }
        String form = FORMS.get(raw);
        if (form != null) {
            return ref(form);
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (raw.isRecord()) {
            Schema<?> model = context.getDefinedModels().get(name(raw));
            if (model != null) {
                complete(model, raw);
            }
        }
        return schema;
    }

    /**
     * A record that is asked for may lack what is not required; one that is answered lacks nothing.
     */
    private static void complete(Schema<?> model, Class<?> type) {
        boolean asked = name(type).endsWith("Request") || name(type).equals("Hints");
        Map<String, Schema> properties = model.getProperties();
        if (asked) {
            model.setAdditionalProperties(false);
        } else if (properties != null) {
            model.setRequired(List.copyOf(properties.keySet()));
            for (RecordComponent component : type.getRecordComponents()) {
                Schema<?> property = properties.get(component.getName());
                if (property != null
                        && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    properties.put(component.getName(), orNull(property));
                }
            }
        }
    }

    /** The name of a record's schema: its own, unless it says another. */
    private static String name(Class<?> type) {
        io.swagger.v3.oas.annotations.media.Schema said =
                type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return said == null || said.name().isEmpty() ? type.getSimpleName() : said.name();
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return new JsonSchema().anyOf(List.of(schema, new JsonSchema().types(Set.of("null"))));
        }
        if (schema.getTypes() != null && schema.getTypes().size() == 1) {
            schema.addType("null");
        }
        return schema;
    }

    static Schema<?> ref(String name) {
        return new JsonSchema().$ref(REF + name);
    }

    static Schema<?> list(Schema<?> items) {
        return new JsonSchema().types(Set.of("array")).items(items);
    }

    private static Schema<?> constant(Constant constant) {
        return ref(name(constant.value()));
    }

    /** {@code ADDRESS_FAMILY} is the schema AddressFamily. */
    static String name(Constants family) {
        StringBuilder name = new StringBuilder();
        for (String word : family.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    private static @Nullable Constant constant(Annotation @Nullable [] annotations) {
        for (Annotation annotation : annotations == null ? new Annotation[0] : annotations) {
            if (annotation instanceof Constant constant) {
                return constant;
            }
        }
        return null;
    }

    private static Class<?> raw(Type type) {
        JavaType java = Json31.mapper().constructType(type);
        return java.getRawClass();
    }
}
