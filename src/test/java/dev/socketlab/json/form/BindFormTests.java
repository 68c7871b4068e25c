package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BindFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'bind','fd':3,'addr':'127.0.0.1:80'}",
                new Call.Bind(3, new SocketAddress.Inet(0x7f000001, 80)));
        Reading.assertIs(
                "{'call':'bind','sockfd':3,'addr':{'family':'AF_INET6','address':'::1','port':80,'scope_id':2}}",
                new Call.Bind(3, new SocketAddress.Inet6(0, 1, 80, 0, 2)));
        Reading.assertIs(
                "{'call':'bind','fd':3,'addr':'unix:@x'}",
                new Call.Bind(3, new SocketAddress.Unix(new byte[] {0, 'x'})));
        Reading.assertIs(
                "{'call':'bind','fd':3,'addr':{'family':'AF_UNIX'}}",
                new Call.Bind(3, new SocketAddress.Unix(new byte[0])));
        Reading.assertIs(
                "{'call':'bind','fd':3,'addr':{'family':'AF_UNIX','path':'fffe','encoding':'hex'}}",
                new Call.Bind(3, new SocketAddress.Unix(new byte[] {-1, -2})));
        Reading.assertIs(
                "{'call':'bind','fd':3,'addr':{'family':'PF_INET','address':'127.0.0.1','port':80}}",
                new Call.Bind(3, new SocketAddress.Inet(0x7f000001, 80)));
        String longer = "p".repeat(200);
        Reading.assertIs(
                "{'call':'bind','fd':3,'addr':'unix:" + longer + "'}",
                new Call.Bind(3, new SocketAddress.Unix(longer.getBytes(StandardCharsets.UTF_8))));
        Reading.assertRead(
                "{'call':'bind','fd':3,'addr':{'family':'AF_PACKET','interface':'eth0','protocol':'ETH_P_ALL'}}",
                new Call.Bind(3, new SocketAddress.Packet(3, 0, "eth0", 0, 0, new byte[0])));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused("{'call':'bind','addr':'127.0.0.1:80'}", "/fd")
                .contains("a number that fits a C int");
        Reading.assertRefused("{'call':'bind','fd':'3','addr':'127.0.0.1:80'}", "/fd")
                .contains("a number");
        Reading.assertRefused("{'call':'bind','fd':3}", "/addr")
                .contains("the field addr is missing");
        Reading.assertRefused(
                        "{'call':'bind','fd':3,'addr':{'family':'AF_INET','prot':null}}",
                        "/addr/prot")
                .contains("unknown field");
        Reading.assertRefused("{'call':'bind','fd':3,'addr':{'family':true}}", "/addr/family")
                .contains("the name of a constant or a number");
        Reading.assertRefused("{'call':'bind','fd':3,'addr':'unix:'}", "/addr")
                .contains("a path has a byte at least");
        Reading.assertRefused("{'call':'bind','fd':3,'addr':'nowhere'}", "/addr")
                .contains("is not an address; accepted:");
        Reading.assertRefused(
                        "{'call':'bind','fd':3,'addr':{'family':'AF_INET','port':'x'}}",
                        "/addr/port")
                .contains("fits a C int");
        Reading.assertRefused(
                        "{'call':'bind','fd':3,'addr':{'family':'AF_INET','path':'x'}}",
                        "/addr/path")
                .contains("has no path");
        Reading.assertRefused("{'call':'bind','fd':3,'addr':{'family':'AF_INET','x':1}}", "/addr/x")
                .contains("unknown field");
        Reading.assertRefused("{'call':'bind','fd':3,'sockfd':4,'addr':'127.0.0.1:80'}", "/sockfd")
                .contains("unknown field");
    }
}
