package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SendtoFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'sendto','fd':3,'data':'hello'}",
                new Call.Sendto(3, "hello".getBytes(StandardCharsets.UTF_8), 0, null));
        Reading.assertIs(
                "{'call':'sendto','fd':3,'data':'','dest_addr':'127.0.0.1:9'}",
                new Call.Sendto(3, new byte[0], 0, new SocketAddress.Inet(0x7f000001, 9)));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused(
                        "{'call':'sendto','fd':3,'data':'x','dest_addr':'nowhere'}", "/dest_addr")
                .contains("is not an address");
    }
}
