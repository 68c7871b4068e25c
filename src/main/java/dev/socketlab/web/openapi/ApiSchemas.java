package dev.socketlab.web.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import dev.socketlab.json.value.Constant;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    private static final String ANY = "AnyJson";

    /** What the schema of several flags of a family is called, beside that of one. */
    static final String FLAGS = "s";

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
            String family = name(constant.value());
            return ref(constant.flags() ? family + FLAGS : family);
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
     * What can be null is so, asked and answered. A record that is asked for may lack what is not
     * required; one that is answered lacks nothing, but what it leaves out instead of a null.
     */
    private static void complete(Schema<?> model, Class<?> type) {
        Map<String, Schema> properties = model.getProperties();
        boolean asked = name(type).endsWith("Request") || name(type).equals("Hints");
        if (asked) {
            model.setAdditionalProperties(false);
        }
        if (properties == null) {
            return;
        }
        boolean leavesOut = type.isAnnotationPresent(JsonInclude.class);
        List<String> required = new ArrayList<>(asked ? List.of() : properties.keySet());
        for (RecordComponent component : type.getRecordComponents()) {
            String field = jsonName(component);
            Schema<?> property = Objects.requireNonNull(properties.get(field));
            if (property.get$ref() != null) {
                property.setTypes(null); // the Java type's, which is none of JSON's
            }
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                if (leavesOut) {
                    required.remove(field);
                }
                properties.put(field, leavesOut ? property : orNull(property));
            }
        }
        if (!asked) {
            model.setRequired(required);
        }
    }

    private static String jsonName(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }

    /** The name of a record's schema: its own, unless it says another. */
    private static String name(Class<?> type) {
        io.swagger.v3.oas.annotations.media.Schema said =
                type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return said == null || said.name().isEmpty() ? type.getSimpleName() : said.name();
    }

    static Schema<?> orNull(Schema<?> schema) {
        if (ref(ANY).equals(schema)) {
            return schema; // which null is too
        }
        if (schema.get$ref() != null) {
            return new JsonSchema().anyOf(List.of(schema, new JsonSchema().types(Set.of("null"))));
        }
        if (schema.getTypes() != null && schema.getTypes().size() == 1) {
            schema.addType("null");
            if (schema.getEnum() != null) {
                List<Object> values = new ArrayList<>(schema.getEnum());
                values.add(null);
                schema.setEnum((List) values);
            }
        }
        return schema;
    }

    /** Any text. */
    static Schema<?> string() {
        return new JsonSchema().types(Set.of("string"));
    }

    /** Bytes as they are. */
    static Schema<?> bytes() {
        return new JsonSchema().types(Set.of("string")).format("binary");
    }

    static Schema<?> ref(String name) {
        return new JsonSchema().$ref(REF + name);
    }

    static Schema<?> list(Schema<?> items) {
        return new JsonSchema().types(Set.of("array")).items(items);
    }

    /** {@code ADDRESS_FAMILY} is the schema AddressFamily. */
    static String name(Enum<?> family) {
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
