package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class GetsocknameFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'getsockname','fd':3}", new Call.Getsockname(3));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'getsockname'}", "/fd")
                .contains("a number that fits a C int");
        Reading.assertRefused("{'call':'getsockname','fd':3,'x':1}", "/x")
                .contains("unknown field");
    }
}
