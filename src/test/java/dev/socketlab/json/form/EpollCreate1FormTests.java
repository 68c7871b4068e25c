package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class EpollCreate1FormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'epoll_create1'}", new Call.EpollCreate1(0));
        Reading.assertIs(
                "{'call':'epoll_create1','flags':['EPOLL_CLOEXEC']}",
                new Call.EpollCreate1(0x80000));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'epoll_create1','flags':['EPOLLIN']}", "/flags")
                .contains("unknown constant");
    }
}
