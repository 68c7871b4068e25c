package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class FreeaddrinfoFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'freeaddrinfo','res':1}", new Call.Freeaddrinfo(1));
        Reading.assertIs("{'call':'freeaddrinfo','id':1}", new Call.Freeaddrinfo(1));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'freeaddrinfo'}", "/res")
                .contains("a number that fits a C int");
    }
}
