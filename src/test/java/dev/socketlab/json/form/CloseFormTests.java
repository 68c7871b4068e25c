package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class CloseFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'close','fd':3}", new Call.Close(3));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'close'}", "/fd").contains("a number that fits a C int");
        Reading.assertRefused("{'call':'close','fd':3,'x':1}", "/x").contains("unknown field");
    }
}
