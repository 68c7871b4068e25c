package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class ReadFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'read','fd':3,'count':5}", new Call.Read(3, 5));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'read','fd':3,'count':1,'len':1}", "/len")
                .contains("unknown field");
        Reading.assertRefused("{'call':'read','fd':3,'count':-1}", "/count").contains("no size_t");
    }
}
