package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class DupFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'dup','fd':3}", new Call.Dup(3));
        Reading.assertIs("{'call':'dup','oldfd':3}", new Call.Dup(3));
        Reading.assertIs("{'call':'dup','fd':3,'newfd':9}", new Call.Dup2(3, 9));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'dup','fd':3,'newfd':'9'}", "/newfd")
                .contains("fits a C int");
    }
}
