package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WriteFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'write','fd':3,'data':'hello'}",
                new Call.Write(3, "hello".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'write','fd':3,'data':'x','flags':0}", "/flags")
                .contains("unknown field");
    }
}
