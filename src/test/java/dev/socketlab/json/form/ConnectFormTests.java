package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.linux.SocketAddress;
import org.junit.jupiter.api.Test;

class ConnectFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'connect','fd':4,'addr':'[::1]:8081'}",
                new Call.Connect(4, new SocketAddress.Inet6(0, 1, 8081, 0, 0)));
        Reading.assertIs(
                "{'call':'connect','fd':4,'addr':{'family':'AF_UNSPEC'}}",
                new Call.Connect(4, SocketAddress.Other.unspec()));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'connect','fd':4,'addr':null}", "/addr")
                .contains("null is not accepted");
        Reading.assertRefused("{'call':'connect','fd':4,'addr':{'family':-65534}}", "/addr/family")
                .contains("sa_family_t");
    }
}
