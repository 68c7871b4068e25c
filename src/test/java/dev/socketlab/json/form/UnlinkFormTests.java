package dev.socketlab.json.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import org.junit.jupiter.api.Test;

class UnlinkFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'unlink','pathname':'a'}", new Call.Unlink(new byte[] {'a'}));
        Reading.assertIs(
                "{'call':'unlink','path':'ff','encoding':'hex'}", new Call.Unlink(new byte[] {-1}));
    }

    @Test
    void aUrlHasTheBytesOfAPathOrItsTextInAnotherEncoding() {
        byte[] bytes = {'a', -1, '\\'};
        for (DataEncoding encoding : new DataEncoding[] {null, DataEncoding.UTF_8}) {
            assertThat(new UnlinkForm(encoding).toCall("path", bytes))
                    .usingRecursiveComparison()
                    .isEqualTo(new Call.Unlink(bytes));
        }
        assertThat(new UnlinkForm(DataEncoding.HEX).toCall("path", new byte[] {'f', 'f'}))
                .usingRecursiveComparison()
                .isEqualTo(new Call.Unlink(new byte[] {-1}));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> new UnlinkForm(null).toCall("path", new byte[] {'a', 0}));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'unlink'}", "/pathname").contains("text or a number");
        Reading.assertRefused("{'call':'unlink','pathname':''}", "/pathname")
                .contains("a path has 1 to 4095 bytes");
        Reading.assertRefused("{'call':'unlink','pathname':'zz','encoding':'hex'}", "/pathname");
    }
}
