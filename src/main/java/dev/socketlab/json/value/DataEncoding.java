package dev.socketlab.json.value;

import dev.socketlab.refusal.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How bytes are written in JSON text. */
public enum DataEncoding {
    UTF_8("utf-8"),
    BASE64("base64"),
    HEX("hex");

    private static final String NAMES =
            Stream.of(values()).map(DataEncoding::text).collect(Collectors.joining(", "));

    /** What to say where none of them is named. */
    static Reason accepted() {
        return Reason.of("invalid.encoding", NAMES);
    }

    private final String text;

    DataEncoding(String text) {
        this.text = text;
    }

    /** The name on the wire. */
    public String text() {
        return text;
    }

    /** The encoding of that name. */
    static Optional<DataEncoding> find(String name) {
        return Stream.of(values()).filter(one -> one.text.equals(name)).findFirst();
    }

    /**
     * The bytes that text in a request stands for; without an encoding it is UTF-8.
     *
     * @param where its place in the request
     * @throws InvalidRequestException when it is not in its encoding
     */
    public static byte[] decode(String where, String data, @Nullable DataEncoding encoding) {
        try {
            return (encoding == null ? UTF_8 : encoding).decode(data);
        } catch (Mistake e) {
            throw new InvalidRequestException(where, e.reason());
        }
    }

    /**
     * The encoding that a query parameter names; null for none.
     *
     * @throws InvalidRequestException when there is no such
     */
    public static @Nullable DataEncoding parameter(@Nullable String name) {
        return name == null
                ? null
                : find(name)
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        "encoding", Reason.of("invalid.accepted", NAMES)));
    }

    /** Bytes as text in one of the encodings. */
    public record Encoded(String data, DataEncoding encoding) {}

    /**
     * The bytes that such a text stands for.
     *
     * @throws Mistake when the text is not in this encoding
     */
    byte[] decode(String data) {
        return switch (this) {
            case UTF_8 -> utf8(data);
            case BASE64 ->
                    decoded(() -> Base64.getDecoder().decode(data), Reason.of("invalid.base64"));
            case HEX -> decoded(() -> HexFormat.of().parseHex(data), Reason.of("invalid.hex"));
        };
    }

    /**
     * Bytes as text, never losing any: asked for UTF-8, or for nothing, bytes that are not UTF-8
     * come as base64.
     */
    public static Encoded encode(byte[] bytes, @Nullable DataEncoding asked) {
        return switch (asked == null ? UTF_8 : asked) {
            case HEX -> new Encoded(HexFormat.of().formatHex(bytes), HEX);
            case BASE64 -> base64(bytes);
            case UTF_8 -> {
                try {
                    String text =
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .decode(ByteBuffer.wrap(bytes))
                                    .toString();
                    yield new Encoded(text, UTF_8);
                } catch (CharacterCodingException _) {
                    yield base64(bytes);
                }
            }
        };
    }

    private static Encoded base64(byte[] bytes) {
        return new Encoded(Base64.getEncoder().encodeToString(bytes), BASE64);
    }

    private static byte[] decoded(Supplier<byte[]> decoder, Reason mistake) {
        try {
            return decoder.get();
        } catch (IllegalArgumentException _) {
            throw new Mistake(mistake);
        }
    }

    private static byte[] utf8(String data) {
        if (!hasSurrogate(data)) {
            return data.getBytes(StandardCharsets.UTF_8);
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(data));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException _) {
            throw new Mistake(Reason.of("invalid.surrogate"));
        }
    }

    /** Whether it has a character that takes two, or half of one, which UTF-8 cannot write. */
    private static boolean hasSurrogate(String data) {
        for (int i = 0; i < data.length(); i++) {
            if (Character.isSurrogate(data.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
