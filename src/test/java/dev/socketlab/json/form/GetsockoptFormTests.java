package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class GetsockoptFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'getsockopt','fd':3,'optname':'SO_RCVBUF'}",
                new Call.Getsockopt(3, 1, 8, null));
        Reading.assertIs(
                "{'call':'getsockopt','fd':3,'name':'TCP_INFO','optlen':8}",
                new Call.Getsockopt(3, 6, 11, 8));
        Reading.assertIs(
                "{'call':'getsockopt','fd':3,'level':'SOL_SOCKET','optname':4}",
                new Call.Getsockopt(3, 1, 4, null));
        Reading.assertIs(
                "{'call':'getsockopt','fd':3,'level':6,'optname':999}",
                new Call.Getsockopt(3, 6, 999, null));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'getsockopt','fd':3}", "/optname")
                .contains("text or a number");
        Reading.assertRefused("{'call':'getsockopt','fd':3,'optname':'SO_X'}", "/optname")
                .contains("unknown option");
        Reading.assertRefused("{'call':'getsockopt','fd':3,'optname':4}", "/optname")
                .contains("needs ?level=");
        Reading.assertRefused("{'call':'getsockopt','fd':3,'optname':4,'level':'X'}", "/level")
                .contains("unknown constant");
        Reading.assertRefused(
                        "{'call':'getsockopt','fd':3,'optname':'SO_TYPE','optlen':-1}", "/optlen")
                .contains("optlen is 0 to 65536");
    }
}
