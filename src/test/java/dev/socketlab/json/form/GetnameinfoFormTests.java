package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.linux.SocketAddress;
import org.junit.jupiter.api.Test;

class GetnameinfoFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'getnameinfo','addr':'127.0.0.1:80','flags':['NI_NUMERICHOST']}",
                new Call.Getnameinfo(new SocketAddress.Inet(0x7f000001, 80), 1));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'getnameinfo','flags':0}", "/addr")
                .contains("the field addr is missing");
    }
}
