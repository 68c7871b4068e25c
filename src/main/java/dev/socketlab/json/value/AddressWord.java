package dev.socketlab.json.value;

import dev.socketlab.linux.SocketAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An address where there is no JSON around it, as in a query. */
public final class AddressWord {
    private AddressWord() {}

    /**
     * Reads an address in short, or the JSON of its object, such as {@code
     * {"family":"AF_INET6","address":"fe80::1","port":80,"scope_id":2}}; null for nothing.
     *
     * @throws InvalidRequestException when it is none; its place is the word's, and in an object
     *     that of the field
     */
    public static @Nullable SocketAddress read(@Nullable Word word, JsonMapper mapper) {
        if (word == null) {
            return null;
        }
        try {
            return word.text().startsWith("{")
                    ? mapper.readValue(word.text(), SocketAddress.class)
                    : ShortAddress.parse(word.text());
        } catch (JacksonException e) {
            throw JsonErrors.explain(e).under(word.where());
        } catch (Mistake e) {
            throw word.wrong(e.reason());
        }
    }
}
