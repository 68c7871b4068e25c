package dev.socketlab.json.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.call.OptionForm;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.SocketOption;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class OptionValuesTests {
    /** All that can be set. */
    static Stream<SocketOption> options() {
        return SocketOption.catalogue().filter(option -> option.form() != OptionForm.TCP_INFO);
    }

    /** Bytes that the kernel could have given, each of them another. */
    private static byte[] given(OptionForm form) {
        if (form == OptionForm.TEXT) {
            return "reno".getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[form == OptionForm.RAW ? 7 : form.optlen()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (0xf0 + i);
        }
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("options")
    void whatIsReadOfAnOptionCanBeSetAndIsTheSameBytes(SocketOption option) {
        byte[] given = given(option.form());

        Object answered = OptionValues.write(OptionValue.parse(option.form(), given), null);
        JsonNode optval = StrictJson.mapper().valueToTree(answered);
        SocketOption.Named named = new SocketOption.Named(option.level(), option.optname());

        assertThat(OptionValues.read(named, optval).toBytes()).isEqualTo(given);
    }

    @Test
    void theInterfaceOfMulticastIsAnAddress() {
        OptionValue value = OptionValue.parse(OptionForm.MREQ, new byte[] {10, 0, 0, 1});

        assertThat(OptionValues.write(value, null)).isEqualTo("10.0.0.1");
    }
}
