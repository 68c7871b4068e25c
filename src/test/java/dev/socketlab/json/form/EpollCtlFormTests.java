package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class EpollCtlFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'epoll_ctl','epfd':5,'op':'EPOLL_CTL_ADD','fd':3,'events':['EPOLLIN','EPOLLET'],'data':{'a':[1,null]}}",
                new Call.EpollCtl(5, 1, 3, 1 | 1 << 31, "{\"a\":[1,null]}"));
        Reading.assertIs(
                "{'call':'epoll_ctl','epfd':5,'op':'EPOLL_CTL_DEL','fd':3}",
                new Call.EpollCtl(5, 2, 3, 0, "null"));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'epoll_ctl','op':'EPOLL_CTL_DEL','fd':3}", "/epfd")
                .contains("a number");
        Reading.assertRefused(
                        "{'call':'epoll_ctl','epfd':5,'op':'EPOLL_CTL_ADD','fd':3}", "/events")
                .contains("a list of events");
        Reading.assertRefused("{'call':'epoll_ctl','epfd':5,'op':'ADD','fd':3,'events':[]}", "/op")
                .contains("accepted: EPOLL_CTL_ADD");
        Reading.assertRefused(
                        "{'call':'epoll_ctl','epfd':5,'op':1,'fd':3,'events':[],'data':'"
                                + "x".repeat(4096)
                                + "'}",
                        "/data")
                .contains("at most 4096 characters");
    }
}
