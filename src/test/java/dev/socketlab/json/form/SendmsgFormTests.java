package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.call.Control;
import dev.socketlab.linux.ControlMessage;
import dev.socketlab.linux.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendmsgFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'sendmsg','fd':3}", new Call.Sendmsg(3, null, List.of(), List.of(), 0));
        Reading.assertIs(
                "{'call':'sendmsg','fd':3,'msg_name':'127.0.0.1:9','msg_iov':[{'data':'hello'},{'data':'ff','encoding':'hex'}],'msg_control':[{'level':'SOL_SOCKET','type':'SCM_RIGHTS','fds':[3,4]},{'level':'IPPROTO_IP','type':'IP_TTL','value':7}],'flags':['MSG_DONTWAIT']}",
                new Call.Sendmsg(
                        3,
                        new SocketAddress.Inet(0x7f000001, 9),
                        List.of("hello".getBytes(StandardCharsets.UTF_8), new byte[] {-1}),
                        List.of(
                                new Control.Rights(List.of(3, 4)),
                                new Control.Other(
                                        new ControlMessage(0, 2, new byte[] {7, 0, 0, 0}))),
                        0x40));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused(
                "{'call':'sendmsg','fd':3,'msg_iov':[{'data':'x'},{'data':'x','encoding':'hex'}]}",
                "/msg_iov/1/data");
        Reading.assertRefused("{'call':'sendmsg','fd':3,'msg_iov':[{}]}", "/msg_iov/0/data")
                .contains("the field data is missing");
        Reading.assertRefused(
                        "{'call':'sendmsg','fd':3,'msg_control':[{'level':'SOL_X','type':1,'data':''}]}",
                        "/msg_control/0/level")
                .contains("the name of a constant");
        Reading.assertRefused(
                        "{'call':'sendmsg','fd':3,'msg_control':[{'level':1,'type':1,'data':''}]}",
                        "/msg_control/0/fds")
                .contains("SCM_RIGHTS has fds");
        Reading.assertRefused(
                        "{'call':'sendmsg','fd':3,'msg_control':[{'level':0,'type':2}]}",
                        "/msg_control/0")
                .contains("either data or value");
        Reading.assertRefused(
                        "{'call':'sendmsg','fd':3,'msg_control':[{'level':0,'type':'IP_TTL','value':'7'}]}",
                        "/msg_control/0/value")
                .contains("fits 32 bits");
        Reading.assertRefused(
                        "{'call':'sendmsg','fd':3,'msg_control':[{'level':0,'type':'IP_PKTINFO','value':{'ipi_ifindex':1,'ipi_addr':'x'}}]}",
                        "/msg_control/0/value/ipi_addr")
                .contains("an address such as");
        Reading.assertRefused(
                        "{'call':'sendmsg','fd':3,'msg_control':[{'level':0,'type':'IP_RECVERR','value':{}}]}",
                        "/msg_control/0/value")
                .contains("give data");
    }

    @Test
    void aStructureOfAControlMessageIsItsBytesInC() {
        Reading.assertIs(
                "{'call':'sendmsg','fd':3,'msg_control':[{'level':'IPPROTO_IP','type':'IP_PKTINFO',"
                        + "'value':{'ipi_ifindex':1,'ipi_spec_dst':'10.0.0.1'}}]}",
                new Call.Sendmsg(
                        3,
                        null,
                        List.of(),
                        List.of(
                                new Control.Other(
                                        new ControlMessage(
                                                0,
                                                8,
                                                new byte[] {1, 0, 0, 0, 10, 0, 0, 1, 0, 0, 0, 0}))),
                        0));
    }
}
