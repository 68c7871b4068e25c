package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class RecvfromFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'recvfrom','fd':3,'len':65536}", new Call.Recvfrom(3, 65536, 0));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'recvfrom','fd':3,'len':1.5}", "/len");
    }
}
