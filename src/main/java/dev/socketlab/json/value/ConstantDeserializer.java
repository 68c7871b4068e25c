package dev.socketlab.json.value;

import dev.socketlab.refusal.Reason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Reads what {@link Constant} marks. */
final class ConstantDeserializer extends ValueDeserializer<Integer> {
    private final @Nullable Constant constant;

    /** For Jackson, which asks it for one that knows its property. */
    ConstantDeserializer() {
        this(null);
    }

    private ConstantDeserializer(@Nullable Constant constant) {
        this.constant = constant;
    }

    @Override
    public ValueDeserializer<?> createContextual(
            DeserializationContext context, BeanProperty property) {
        return new ConstantDeserializer(property.getAnnotation(Constant.class));
    }

    @Override
    public Integer deserialize(JsonParser parser, DeserializationContext context) {
        Constant marked = Objects.requireNonNull(constant, "not marked with @Constant");
        if (!marked.flags() || parser.currentToken() != JsonToken.START_ARRAY) {
            return one(parser, marked.value());
        }
        int mask = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            mask |= one(parser, marked.value());
        }
        return mask;
    }

    private static int one(JsonParser parser, Constants constants) {
        return switch (parser.currentToken()) {
            // struct epoll_event has a uint32_t
            case VALUE_NUMBER_INT ->
                    constants == Constants.EPOLL_EVENT && isUnsigned(parser)
                            ? (int) parser.getLongValue()
                            : parser.getIntValue();
            case VALUE_STRING -> {
                String name = parser.getString();
                yield constants
                        .find(name)
                        .orElseThrow(() -> mistake(parser, constants.unknown(name)));
            }
            case null, default -> throw mistake(parser, Reason.of("expected.constant"));
        };
    }

    private static JacksonException mistake(JsonParser parser, Reason reason) {
        return new Mistake(reason).in(parser, Integer.class);
    }

    private static boolean isUnsigned(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.LONG
                && parser.getLongValue() >>> Integer.SIZE == 0;
    }
}
