package dev.socketlab.json.value;

import com.fasterxml.jackson.annotation.Nulls;
import dev.socketlab.linux.SocketAddress;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** JSON read strictly: what the contract does not have is an error, and no type is guessed. */
public final class StrictJson {
    private StrictJson() {}

    /** A mapper that reads and writes so, and has no bounds. */
    public static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder();
        configure(builder);
        return builder.build();
    }

    /** Has a mapper read and write so. */
    public static void configure(JsonMapper.Builder builder) {
        builder.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                .withCoercionConfig(
                        LogicalType.Textual,
                        config -> {
                            config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                            config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                            config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                        })
                .addModule(module());
    }

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("socketlab");
        module.addDeserializer(SocketAddress.class, new AddressReader());
        module.addSerializer(SocketAddress.class, new AddressWriter());
        module.addDeserializer(DataEncoding.class, new EncodingReader());
        module.addSerializer(DataEncoding.class, new EncodingWriter());
        return module;
    }

    private static final class EncodingReader extends ValueDeserializer<DataEncoding> {
        @Override
        public DataEncoding deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
            return DataEncoding.find(text)
                    .orElseThrow(() ->
                            new Mistake(DataEncoding.accepted()).in(parser, DataEncoding.class));
        }
    }

    private static final class EncodingWriter extends ValueSerializer<DataEncoding> {
        @Override
        public void serialize(
                DataEncoding encoding, JsonGenerator generator, SerializationContext context) {
            generator.writeString(encoding.text());
        }
    }
}
