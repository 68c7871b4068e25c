package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Structure;
import org.junit.jupiter.api.Test;

class SetsockoptFormTests {
    @Test
    void isReadAndWritten() {
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'SO_RCVBUF','optval':4096}",
                new Call.Setsockopt(3, 1, 8, new OptionValue.Scalar(4096, 4)));
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'SO_LINGER','optval':{'l_onoff':1,'l_linger':5}}",
                new Call.Setsockopt(3, 1, 13, OptionValue.linger(1, 5)));
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'SO_RCVTIMEO','optval':{'tv_sec':2,'tv_usec':5}}",
                new Call.Setsockopt(3, 1, 20, OptionValue.timeval(2, 5)));
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'TCP_CONGESTION','optval':'reno'}",
                new Call.Setsockopt(3, 6, 13, new OptionValue.Text("reno")));
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'IP_MULTICAST_IF','optval':'10.0.0.1'}",
                new Call.Setsockopt(3, 0, 32, new OptionValue.InAddr(0x0a000001)));
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'IP_LOCAL_PORT_RANGE','optval':3276840000}",
                new Call.Setsockopt(3, 0, 51, new OptionValue.Scalar(40000 | 50000L << 16, 4)));
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'SO_RCVBUF','optval':{'data':'0100','encoding':'hex'}}",
                new Call.Setsockopt(3, 1, 8, new OptionValue.Raw(new byte[] {1, 0})));
        Reading.assertIs(
                "{'call':'setsockopt','fd':3,'optname':'IP_ADD_MEMBERSHIP','optval':{'imr_multiaddr':'239.1.2.3','imr_interface':'10.0.0.1'}}",
                new Call.Setsockopt(
                        3,
                        0,
                        35,
                        new OptionValue.Struct(
                                Structure.IP_MREQ, new byte[] {(byte) 239, 1, 2, 3, 10, 0, 0, 1})));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Reading.assertRefused(
                        "{'call':'setsockopt','fd':3,'optname':'SO_SNDBUF','optval':'x'}",
                        "/optval")
                .contains("fits a C int");
        Reading.assertRefused(
                        "{'call':'setsockopt','fd':3,'optname':'SO_SNDBUF','optval':1,'value':1}",
                        "/value")
                .contains("unknown field");
        Reading.assertRefused(
                        "{'call':'setsockopt','fd':3,'optname':'SO_LINGER','optval':{'l_onoff':1}}",
                        "/optval")
                .contains("{\"l_onoff\",\"l_linger\"} is expected");
        Reading.assertRefused(
                        "{'call':'setsockopt','fd':3,'optname':'SO_LINGER','optval':{'l_onoff':1,'l_linger':'2'}}",
                        "/optval/l_linger")
                .contains("fits a C int");
        Reading.assertRefused(
                        "{'call':'setsockopt','fd':3,'optname':'IP_DROP_MEMBERSHIP','optval':{'imr_multiaddr':'x','imr_interface':'127.0.0.1'}}",
                        "/optval/imr_multiaddr")
                .contains("an address such as");
        Reading.assertRefused(
                        "{'call':'setsockopt','fd':3,'optname':'IP_MULTICAST_IF','optval':'10.0.0'}",
                        "/optval")
                .contains("an address such as");
        Reading.assertRefused(
                        "{'call':'setsockopt','fd':3,'optname':'IP_LOCAL_PORT_RANGE','optval':4294967296}",
                        "/optval")
                .contains("fits 32 bits");
        Reading.assertRefused("{'call':'setsockopt','fd':3,'optname':'SO_SNDBUF'}", "/optval")
                .contains("the field optval is missing");
    }
}
