package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class GetpeernameFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'getpeername','fd':3}", new Call.Getpeername(3));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'getpeername'}", "/fd")
                .contains("a number that fits a C int");
        Reading.assertRefused("{'call':'getpeername','fd':3,'x':1}", "/x")
                .contains("unknown field");
    }
}
