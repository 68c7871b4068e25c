package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SendFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'send','fd':3,'data':'hello'}",
                new Call.Send(3, "hello".getBytes(StandardCharsets.UTF_8), 0));
        Reading.assertIs(
                "{'call':'send','fd':3,'data':'00ff','encoding':'hex','flags':['MSG_DONTWAIT','MSG_MORE']}",
                new Call.Send(3, new byte[] {0, -1}, 0x8040));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'send','fd':3}", "/data")
                .contains("the field data is missing");
        Reading.assertRefused("{'call':'send','fd':3,'data':5}", "/data")
                .contains("text is expected");
        Reading.assertRefused("{'call':'send','fd':3,'data':'x','encoding':'rot13'}", "/encoding")
                .contains("encoding is one of utf-8, base64, hex");
        Reading.assertRefused("{'call':'send','fd':3,'data':'x','encoding':'hex'}", "/data");
        Reading.assertRefused("{'call':'send','fd':3,'data':'x','flags':['MSG_X']}", "/flags")
                .contains("unknown constant");
    }
}
