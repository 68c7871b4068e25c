package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'poll','fds':[{'fd':3,'events':['POLLIN','POLLOUT']},{'fd':-1}],'timeout':1000}",
                new Call.Poll(List.of(new Call.Pollfd(3, 5), new Call.Pollfd(-1, 0)), 1000));
        Reading.assertIs("{'call':'poll','fds':[]}", new Call.Poll(List.of(), -1));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'poll'}", "/fds").contains("the field fds is missing");
        Reading.assertRefused("{'call':'poll','fds':[{'events':[]}]}", "/fds/0/fd")
                .contains("the field fd is missing");
        Reading.assertRefused(
                        "{'call':'poll','fds':[{'fd':3,'events':['EPOLLIN']}]}", "/fds/0/events")
                .contains("unknown constant");
        Reading.assertRefused("{'call':'poll','fds':[{'fd':3,'events':65536}]}", "/fds/0/events")
                .contains("events do not fit a short");
    }
}
