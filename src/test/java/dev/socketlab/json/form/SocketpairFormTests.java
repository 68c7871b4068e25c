package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class SocketpairFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'socketpair'}", new Call.Socketpair(1, 1, 0));
        Reading.assertIs(
                "{'call':'socketpair','domain':1,'type':'SOCK_SEQPACKET','flags':['SOCK_CLOEXEC']}",
                new Call.Socketpair(1, 5 | 0x80000, 0));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'socketpair','host':'a'}", "/host")
                .contains("unknown field");
    }
}
