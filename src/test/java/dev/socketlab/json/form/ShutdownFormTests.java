package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class ShutdownFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'shutdown','fd':3,'how':'SHUT_WR'}", new Call.Shutdown(3, 1));
        Reading.assertIs("{'call':'shutdown','fd':3,'how':9}", new Call.Shutdown(3, 9));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'shutdown','fd':3,'how':'SHUT'}", "/how")
                .contains("accepted: SHUT_RD, SHUT_WR, SHUT_RDWR");
        Reading.assertRefused("{'call':'shutdown','fd':3}", "/how")
                .contains("the field how is missing");
    }
}
