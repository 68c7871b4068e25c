package dev.socketlab.web;

import com.fasterxml.jackson.annotation.Nulls;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.PacketType;
import dev.socketlab.json.AddressForm;
import dev.socketlab.json.Addresses;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.linux.SocketAddress;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.JacksonException;
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
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** JSON read strictly: what the contract does not have is an error, and no type is guessed. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder ->
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
                                    config.setCoercion(
                                            CoercionInputShape.Integer, CoercionAction.Fail);
                                    config.setCoercion(
                                            CoercionInputShape.Float, CoercionAction.Fail);
                                    config.setCoercion(
                                            CoercionInputShape.Boolean, CoercionAction.Fail);
                                })
                        .addModule(module());
    }

    private static SimpleModule module() {
        SimpleModule module = new SimpleModule("socketlab");
        module.addDeserializer(SocketAddress.class, new AddressReader());
        module.addDeserializer(DataEncoding.class, new EncodingReader());
        module.addSerializer(DataEncoding.class, new EncodingWriter());
        module.addSerializer(AddressForm.class, new FormWriter());
        return module;
    }

    private static final class AddressReader extends ValueDeserializer<SocketAddress> {
        @Override
        public SocketAddress deserialize(JsonParser parser, DeserializationContext context) {
            try {
                return parser.currentToken() == JsonToken.VALUE_STRING
                        ? Addresses.parse(parser.getString())
                        : context.readValue(parser, AddressForm.class).toAddress();
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(
                        SocketAddress.class, "%s", String.valueOf(e.getMessage()));
            }
        }
    }

    private static final class EncodingReader extends ValueDeserializer<DataEncoding> {
        @Override
        public DataEncoding deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
            for (DataEncoding encoding : DataEncoding.values()) {
                if (encoding.text().equals(text)) {
                    return encoding;
                }
            }
            return context.reportInputMismatch(
                    DataEncoding.class,
                    "%s",
                    "encoding is one of "
                            + Arrays.stream(DataEncoding.values())
                                    .map(DataEncoding::text)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static final class EncodingWriter extends ValueSerializer<DataEncoding> {
        @Override
        public void serialize(
                DataEncoding encoding, JsonGenerator generator, SerializationContext context)
                throws JacksonException {
            generator.writeString(encoding.text());
        }
    }

    /** Writes the family by its name, and only the fields that the family has. */
    private static final class FormWriter extends ValueSerializer<AddressForm> {
        @Override
        public void serialize(
                AddressForm form, JsonGenerator generator, SerializationContext context)
                throws JacksonException {
            generator.writeStartObject();
            int family = form.family() == null ? 0 : form.family();
            name(generator, "family", AddressFamily.NAMES, family);
            write(generator, "address", form.address());
            write(generator, "port", form.port());
            write(generator, "flowinfo", form.flowinfo());
            write(generator, "scope_id", form.scope_id());
            write(generator, "path", form.path());
            write(generator, "abstract", form.abstractName());
            write(generator, "interface", form.device());
            name(generator, "protocol", EthernetProtocol.NAMES, form.protocol());
            write(generator, "ifindex", form.ifindex());
            write(generator, "hatype", form.hatype());
            name(generator, "pkttype", PacketType.NAMES, form.pkttype());
            write(generator, "data", form.data());
            write(generator, "encoding", form.encoding() == null ? null : form.encoding().text());
            generator.writeEndObject();
        }

        private static void name(
                JsonGenerator generator,
                String property,
                ConstantSet names,
                @Nullable Integer value) {
            write(generator, property, value == null ? null : CallAnswer.named(names, value));
        }

        private static void write(JsonGenerator generator, String name, @Nullable Object value) {
            switch (value) {
                case null -> {}
                case Integer number -> generator.writeNumberProperty(name, number);
                case Long number -> generator.writeNumberProperty(name, number);
                default -> generator.writeStringProperty(name, value.toString());
            }
        }
    }
}
