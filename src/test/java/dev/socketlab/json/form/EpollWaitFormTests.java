package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class EpollWaitFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'epoll_wait','epfd':5}", new Call.EpollWait(5, 16, -1));
        Reading.assertIs(
                "{'call':'epoll_wait','epfd':5,'maxevents':-1,'timeout':0}",
                new Call.EpollWait(5, -1, 0));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'epoll_wait','epfd':5,'timeout':1.5}", "/timeout");
    }
}
