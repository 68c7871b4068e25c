package dev.socketlab.json.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.socketlab.call.Call;
import dev.socketlab.json.CallReader;
import dev.socketlab.json.CallWriter;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.StrictJson;
import org.assertj.core.api.AbstractStringAssert;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls read from JSON in the tests of forms. */
public final class Reading {
    private static final JsonMapper MAPPER = StrictJson.mapper();
    private static final CallReader READER = new CallReader(MAPPER);
    private static final CallWriter WRITER = new CallWriter(MAPPER);

    private Reading() {}

    /** Reads JSON whose quotes are single. */
    public static CallReader.Asked asked(String json) {
        return READER.read((ObjectNode) MAPPER.readTree(json.replace('\'', '"')));
    }

    /** That JSON is read as a call, and that what is written of the call is read as the same. */
    public static void assertIs(String json, Call call) {
        CallReader.Asked asked = asked(json);
        assertSame(asked.call(), call);
        ObjectNode written = WRITER.write(call);
        assertThat(written.get("call").stringValue()).isEqualTo(call.name());
        assertSame(READER.read(written).call(), call);
    }

    /** As {@link #assertIs}, of one that is written with more than was read. */
    public static void assertRead(String json, Call call) {
        assertSame(asked(json).call(), call);
    }

    private static void assertSame(Call actual, Call expected) {
        assertThat(actual).isInstanceOf(expected.getClass());
        assertThat(actual).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(expected);
    }

    /** That JSON is refused, and where. */
    public static AbstractStringAssert<?> assertRefused(String json, String where) {
        InvalidRequestException refusal =
                catchThrowableOfType(InvalidRequestException.class, () -> asked(json));
        assertThat(refusal).as("the refusal of %s", json).isNotNull();
        assertThat(refusal.where()).as(refusal.getMessage()).isEqualTo(where);
        return assertThat(refusal.getMessage());
    }
}
