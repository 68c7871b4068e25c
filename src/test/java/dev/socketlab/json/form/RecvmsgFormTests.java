package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecvmsgFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'recvmsg','fd':3}", new Call.Recvmsg(3, List.of(), 0, 0));
        Reading.assertIs(
                "{'call':'recvmsg','fd':3,'iov_len':[4,5],'controllen':64,'flags':['MSG_PEEK']}",
                new Call.Recvmsg(3, List.of(4L, 5L), 64, 2));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'recvmsg','fd':3,'iov_len':[1,-1]}", "/iov_len/1")
                .contains("no size_t");
        Reading.assertRefused("{'call':'recvmsg','fd':3,'controllen':65537}", "/controllen")
                .contains("controllen is 0 to 65536");
    }
}
