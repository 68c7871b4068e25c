package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class AcceptFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'accept','fd':3}", new Call.Accept(3, 0));
        Reading.assertIs(
                "{'call':'accept4','fd':3,'flags':['SOCK_NONBLOCK']}", new Call.Accept(3, 0x800));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'accept','fd':3,'flags':['SOCK_X']}", "/flags")
                .contains("unknown constant");
    }
}
