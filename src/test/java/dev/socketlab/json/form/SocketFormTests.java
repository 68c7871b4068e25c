package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class SocketFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'socket'}", new Call.Socket(2, 1, 0));
        Reading.assertIs(
                "{'call':'socket','domain':'AF_INET6','type':'SOCK_DGRAM','protocol':'IPPROTO_UDP','flags':['SOCK_NONBLOCK'],'host':'client'}",
                new Call.Socket(10, 2 | 0x800, 17, "client"));
        Reading.assertIs(
                "{'call':'socket','domain':'AF_PACKET','type':'SOCK_RAW','protocol':'ETH_P_ALL'}",
                new Call.Socket(17, 3, 0x300));
        Reading.assertIs(
                "{'call':'socket','domain':'PF_LOCAL','protocol':'PF_UNIX'}",
                new Call.Socket(1, 1, 1));
        Reading.assertIs("{'call':'socket','domain':99,'type':77}", new Call.Socket(99, 77, 0));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'socket','domain':'AF_FOO'}", "/domain")
                .contains("unknown constant \"AF_FOO\"; accepted: AF_UNSPEC");
        Reading.assertRefused("{'call':'socket','flags':['SOCK_FOO']}", "/flags")
                .contains("unknown constant");
        Reading.assertRefused("{'call':'socket','colour':1}", "/colour").contains("unknown field");
        Reading.assertRefused("{'call':'socket','domain':99999999999}", "/domain")
                .contains("out of range");
    }
}
