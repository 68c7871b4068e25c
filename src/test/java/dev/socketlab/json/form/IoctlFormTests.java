package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import org.junit.jupiter.api.Test;

class IoctlFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs("{'call':'ioctl','fd':3,'request':'SIOCINQ'}", new Call.Ioctl(3, 0x541b));
        Reading.assertIs("{'call':'ioctl','fd':3,'request':35147}", new Call.Ioctl(3, 0x894b));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'ioctl','fd':3,'request':'SIOCGIFADDR'}", "/request")
                .contains("accepted: ");
        Reading.assertRefused("{'call':'ioctl','fd':3}", "/request").contains("text or a number");
    }
}
