package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class Dup2FormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'dup2','oldfd':3,'newfd':9}", new Call.Dup2(3, 9));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'dup2','oldfd':3}", "/newfd")
                .contains("the field newfd is missing");
    }
}
