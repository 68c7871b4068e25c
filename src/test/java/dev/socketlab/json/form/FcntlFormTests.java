package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class FcntlFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'fcntl','fd':3,'cmd':'F_GETFL'}", new Call.Fcntl(3, 3, 0));
        Reading.assertIs(
                "{'call':'fcntl','fd':3,'cmd':'F_SETFL','arg':['O_NONBLOCK']}",
                new Call.Fcntl(3, 4, 0x800));
        Reading.assertIs(
                "{'call':'fcntl','fd':3,'cmd':'F_SETFD','arg':'FD_CLOEXEC'}",
                new Call.Fcntl(3, 2, 1));
        Reading.assertIs(
                "{'call':'fcntl','fd':3,'cmd':'F_DUPFD','arg':9}", new Call.Fcntl(3, 0, 9));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'fcntl','fd':3,'cmd':'F_X'}", "/cmd")
                .contains("unknown constant");
        Reading.assertRefused("{'call':'fcntl','fd':3,'cmd':'F_SETFD','arg':['X']}", "/arg")
                .contains("unknown constant");
        Reading.assertRefused("{'call':'fcntl','fd':3,'cmd':'F_SETFD','arg':1.5}", "/arg")
                .contains("the name of a flag");
    }
}
