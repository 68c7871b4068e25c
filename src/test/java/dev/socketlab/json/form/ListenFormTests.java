package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class ListenFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'listen','fd':3}", new Call.Listen(3, 128));
        Reading.assertIs("{'call':'listen','fd':3,'backlog':-7}", new Call.Listen(3, -7));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'listen','fd':3,'backlog':'3'}", "/backlog")
                .contains("fits a C int");
    }
}
