package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class UnlinkFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'unlink','pathname':'a'}", new Call.Unlink(new byte[] {'a'}));
        Reading.assertIs(
                "{'call':'unlink','path':'ff','encoding':'hex'}", new Call.Unlink(new byte[] {-1}));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'unlink'}", "/pathname").contains("text or a number");
        Reading.assertRefused("{'call':'unlink','pathname':''}", "/pathname")
                .contains("a path has 1 to 4095 bytes");
        Reading.assertRefused("{'call':'unlink','pathname':'zz','encoding':'hex'}", "/pathname");
    }
}
