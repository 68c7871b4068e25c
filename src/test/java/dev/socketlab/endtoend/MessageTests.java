package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What messages, descriptors and waits look like in JSON, and raw. */
@Timeout(60)
class MessageTests extends LiveServiceTests {
    private LabSession lab;

    @BeforeEach
    void isolated() {
        http.assumeCapability("isolated");
        lab = LabSession.of(http, "a", "b");
    }

    @AfterEach
    void endIsolated() {
        if (lab != null) {
            lab.close();
        }
    }

    private JsonNode post(String path, String body) {
        return LabSession.ok(http.post(lab.path + path, body)).json();
    }

    private void set(int fd, String option, String optval) {
        LabSession.ok(
                http.send("PUT", lab.at(fd) + "/options/" + option, "{\"optval\":" + optval + "}"));
    }

    private String optval(int fd, String option) {
        return LabSession.ok(http.get(lab.at(fd) + "/options/" + option))
                .json()
                .get("optval")
                .stringValue();
    }

    /** A datagram socket on host b, and another on a that sends to it. */
    private int[] udp(String domain, String addr) {
        String body = "{\"domain\":\"%s\",\"type\":\"SOCK_DGRAM\",\"host\":\"%s\"}";
        int receiver = lab.socket(body.formatted(domain, "b"));
        lab.bind(receiver, addr);
        return new int[] {receiver, lab.socket(body.formatted(domain, "a"))};
    }

    private JsonNode item(JsonNode message, String type) {
        return message.get("msg_control")
                .valueStream()
                .filter(one -> one.get("type").asString().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type + " in " + message));
    }

    @Test
    void controlMessagesOfIpv4HaveTheFormsOfTheirStructures() {
        int[] udp = udp("AF_INET", "10.0.0.2:5000");
        for (String option : new String[] {"IP_PKTINFO", "IP_RECVTTL", "IP_RECVTOS"}) {
            set(udp[0], option, "1");
        }
        set(udp[0], "SO_TIMESTAMPNS", "1");
        post(
                "/sockets/" + udp[1] + "/sendmsg",
                """
                {"msg_name": "10.0.0.2:5000", "msg_iov": [{"data": "x"}], "msg_control": [
                  {"level": "IPPROTO_IP", "type": "IP_TTL", "value": 7},
                  {"level": 0, "type": 1, "data": "10", "encoding": "hex"},
                  {"level": "IPPROTO_IP", "type": "IP_PKTINFO",
                   "value": {"ipi_ifindex": 0, "ipi_spec_dst": "10.0.0.1"}}]}
                """);
        JsonNode message =
                post("/sockets/" + udp[0] + "/recvmsg", "{\"iov_len\":[9],\"controllen\":256}");
        assertThat(item(message, "IP_TTL").get("value").intValue()).isEqualTo(7);
        assertThat(item(message, "IP_TTL").get("data").stringValue()).isEqualTo("BwAAAA==");
        assertThat(item(message, "IP_TOS").get("value").intValue()).isEqualTo(0x10);
        JsonNode pktinfo = item(message, "IP_PKTINFO").get("value");
        assertThat(pktinfo.get("ipi_addr").stringValue()).isEqualTo("10.0.0.2");
        assertThat(item(message, "SCM_TIMESTAMPNS").get("value").get("tv_sec").longValue())
                .isPositive();
        assertThat(message.get("msg_name").get("address").stringValue()).isEqualTo("10.0.0.1");
    }

    @Test
    void controlMessagesOfIpv6HaveTheFormsOfTheirStructures() {
        int[] udp = udp("AF_INET6", "[fd00::2]:5000");
        for (String option :
                new String[] {"IPV6_RECVPKTINFO", "IPV6_RECVHOPLIMIT", "IPV6_RECVTCLASS"}) {
            set(udp[0], option, "1");
        }
        post(
                "/sockets/" + udp[1] + "/sendmsg",
                """
                {"msg_name": "[fd00::2]:5000", "msg_iov": [{"data": "x"}], "msg_control": [
                  {"level": "IPPROTO_IPV6", "type": "IPV6_HOPLIMIT", "value": 9},
                  {"level": "IPPROTO_IPV6", "type": "IPV6_TCLASS", "value": 32}]}
                """);
        JsonNode message =
                post("/sockets/" + udp[0] + "/recvmsg", "{\"iov_len\":[9],\"controllen\":256}");
        assertThat(item(message, "IPV6_HOPLIMIT").get("value").intValue()).isEqualTo(9);
        assertThat(item(message, "IPV6_TCLASS").get("value").intValue()).isEqualTo(32);
        assertThat(item(message, "IPV6_PKTINFO").get("value").get("ipi6_addr").stringValue())
                .isEqualTo("fd00::2");
    }

    @ParameterizedTest
    @CsvSource({"AF_INET, 10.0.0.2, IP_RECVERR, 3, 3", "AF_INET6, [fd00::2], IPV6_RECVERR, 1, 4"})
    void anIcmpErrorIsInTheErrorQueueWithWhoSentIt(
            String domain, String to, String option, int type, int code) {
        int fd = lab.socket("{\"domain\":\"%s\",\"type\":\"SOCK_DGRAM\"}".formatted(domain));
        set(fd, option, "1");
        post("/sockets/" + fd + "/sendto", "{\"data\":\"lost\",\"dest_addr\":\"" + to + ":9\"}");
        JsonNode polled =
                post("/poll", "{\"fds\":[{\"fd\":" + fd + ",\"events\":[]}],\"timeout\":20000}");
        assertThat(polled.get("fds").get(0).get("revents").toString()).contains("POLLERR");
        JsonNode message =
                post(
                        "/sockets/" + fd + "/recvmsg",
                        "{\"iov_len\":[9],\"controllen\":256,\"flags\":[\"MSG_ERRQUEUE\"]}");
        JsonNode error = item(message, option).get("value");
        assertThat(error.get("ee_errno").stringValue()).isEqualTo("ECONNREFUSED");
        assertThat(error.get("ee_type").intValue()).isEqualTo(type);
        assertThat(error.get("ee_code").intValue()).isEqualTo(code);
        assertThat(error.get("offender").get("address").stringValue())
                .isEqualTo(to.replaceAll("[\\[\\]]", ""));
        assertThat(message.get("msg_iov").get(0).get("data").stringValue()).isEqualTo("lost");
        assertThat(message.get("msg_name").get("port").intValue()).isEqualTo(9);
        assertThat(message.get("msg_flags").toString()).contains("MSG_ERRQUEUE");
    }

    @Test
    void aGroupIsJoinedAndLeft() {
        int[] udp = udp("AF_INET", "0.0.0.0:6000");
        String group = "{\"imr_multiaddr\":\"239.1.2.3\",\"imr_interface\":\"10.0.0.2\"}";
        set(udp[0], "IP_ADD_MEMBERSHIP", group);
        set(
                udp[1],
                "IP_MULTICAST_IF",
                "{\"imr_multiaddr\":\"0.0.0.0\",\"imr_address\":\"10.0.0.1\",\"imr_ifindex\":0}");
        assertThat(optval(udp[1], "IP_MULTICAST_IF")).isEqualTo("10.0.0.1");
        set(udp[1], "IP_MULTICAST_IF", "\"0.0.0.0\"");
        assertThat(optval(udp[1], "IP_MULTICAST_IF")).isEqualTo("0.0.0.0");
        set(udp[1], "IP_MULTICAST_IF", "\"10.0.0.1\"");
        assertThat(optval(udp[1], "IP_MULTICAST_IF")).isEqualTo("10.0.0.1");
        String message = "{\"data\":\"to all\",\"dest_addr\":\"239.1.2.3:6000\"}";
        post("/sockets/" + udp[1] + "/sendto", message);
        assertThat(
                        post("/sockets/" + udp[0] + "/recvfrom", "{\"len\":9}")
                                .get("data")
                                .stringValue())
                .isEqualTo("to all");
        set(udp[0], "IP_DROP_MEMBERSHIP", group);
        assertThat(
                        http.send(
                                        "PUT",
                                        lab.at(udp[0]) + "/options/IP_DROP_MEMBERSHIP",
                                        "{\"optval\":" + group + "}")
                                .json()
                                .get("errno")
                                .stringValue())
                .isEqualTo("EADDRNOTAVAIL");
    }

    @Test
    void datagramsAreSentAndReceivedRawToo() {
        int[] udp = udp("AF_INET", "10.0.0.2:5000");
        byte[] bytes = {0, (byte) 0xff, 'x'};
        Http.Answer sent =
                http.send(
                        http.request(
                                        lab.at(udp[1])
                                                + "/sendto?dest_addr=10.0.0.2:5000&flags=MSG_CONFIRM")
                                .header("Content-Type", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes)));
        assertThat(sent.json().get("returned").intValue()).isEqualTo(3);
        Http.Answer received =
                http.send(
                        http.request(lab.at(udp[0]) + "/recvfrom")
                                .header("Content-Type", "application/json")
                                .header("Accept", "application/octet-stream")
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"len\":9}", StandardCharsets.UTF_8)));
        assertThat(received.bytes()).isEqualTo(bytes);
        assertThat(received.header("Socket-Result"))
                .startsWith("{\"returned\":3,\"src_addr\":{\"family\":\"AF_INET\"");
    }

    /** Sets an option that older kernels do not have. */
    private void setIfKnown(int fd, String option) {
        Http.Answer set = http.send("PUT", lab.at(fd) + "/options/" + option, "{\"optval\":1}");
        assumeFalse(set.json().path("errno").asString("").equals("ENOPROTOOPT"), option);
        LabSession.ok(set);
    }

    @Test
    void thePriorityOfAPacketComesAsAControlMessage() {
        int[] udp = udp("AF_INET", "127.0.0.1:5000");
        setIfKnown(udp[0], "SO_RCVPRIORITY");
        String sender = "{\"type\":\"SOCK_DGRAM\",\"host\":\"b\"}";
        post(
                "/sockets/" + lab.socket(sender) + "/sendmsg",
                "{\"msg_name\":\"127.0.0.1:5000\",\"msg_iov\":[{\"data\":\"x\"}],"
                        + "\"msg_control\":[{\"level\":\"SOL_SOCKET\",\"type\":\"SO_PRIORITY\",\"value\":5}]}");
        JsonNode message =
                post(
                        "/sockets/" + udp[0] + "/recvmsg",
                        "{\"iov_len\":[9],\"controllen\":64,\"encoding\":\"hex\"}");
        JsonNode priority = item(message, "SO_PRIORITY");
        assertThat(priority.get("value").intValue()).isEqualTo(5);
        assertThat(priority.get("data").stringValue()).isEqualTo("05000000");
        assertThat(priority.get("encoding").stringValue()).isEqualTo("hex");
        assertThat(message.get("msg_iov").get(0).get("data").stringValue()).isEqualTo("78");
    }

    @Test
    void whatIsLeftOnAUnixStreamComesAsAControlMessage() {
        JsonNode pair = post("/socketpairs", null).get("sv");
        setIfKnown(pair.get(1).intValue(), "SO_INQ");
        post("/sockets/" + pair.get(0) + "/send", "{\"data\":\"hello\"}");
        String two = "{\"iov_len\":[2],\"controllen\":64}";
        JsonNode message = post("/sockets/" + pair.get(1) + "/recvmsg", two);
        assertThat(item(message, "SCM_INQ").get("value").intValue()).isEqualTo(3);
    }

    @Test
    void aUnixSocketThatTakesNoRightsRefusesThemToTheSender() {
        JsonNode pair = post("/socketpairs", null).get("sv");
        int receiver = pair.get(1).intValue();
        setIfKnown(receiver, "SO_PASSRIGHTS");
        set(receiver, "SO_PASSRIGHTS", "0");
        Http.Answer refused =
                http.post(
                        lab.at(pair.get(0).intValue()) + "/sendmsg",
                        "{\"msg_iov\":[{\"data\":\"x\"}],\"msg_control\":[{\"level\":\"SOL_SOCKET\","
                                + "\"type\":\"SCM_RIGHTS\",\"fds\":[%d]}]}".formatted(receiver));
        assertThat(refused.json().get("errno").stringValue()).isEqualTo("EPERM");
    }

    private Http.Answer sendto(int fd, String destAddr) {
        String query = URLEncoder.encode(destAddr, StandardCharsets.UTF_8);
        return http.send(
                http.request(lab.at(fd) + "/sendto?dest_addr=" + query)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofString("raw")));
    }

    /** A scope, a name that is no text, a frame: what has no short form. */
    @Test
    void aDestinationInTheQueryIsAnyAddress() {
        int[] udp = udp("AF_INET6", "[::]:5000");
        String all =
                "{\"family\":\"AF_INET6\",\"address\":\"ff02::1\",\"port\":5000,\"scope_id\":%d}";
        assertThat(sendto(udp[1], all.formatted(99)).json().get("errno").stringValue())
                .isEqualTo("ENETUNREACH");
        LabSession.ok(sendto(udp[1], all.formatted(2)));
        assertThat(post("/sockets/" + udp[0] + "/recv", "{\"len\":9}").get("data").stringValue())
                .isEqualTo("raw");

        String unix = "{\"domain\":\"AF_UNIX\",\"type\":\"SOCK_DGRAM\"}";
        int named = lab.socket(unix);
        String name = "{\"family\":\"AF_UNIX\",\"path\":\"fffe\",\"encoding\":\"hex\"}";
        post("/sockets/" + named + "/bind", "{\"addr\":" + name + "}");
        LabSession.ok(sendto(lab.socket(unix), name));
        assertThat(post("/sockets/" + named + "/recv", "{\"len\":9}").get("data").stringValue())
                .isEqualTo("raw");

        int packet = lab.socket("{\"domain\":\"AF_PACKET\",\"type\":\"SOCK_DGRAM\"}");
        String frame =
                "{\"family\":\"AF_PACKET\",\"interface\":\"%s\",\"protocol\":\"ETH_P_IP\","
                        + "\"address\":\"ff:ff:ff:ff:ff:ff\"}";
        LabSession.ok(sendto(packet, frame.formatted("eth0")));
        assertThat(sendto(packet, frame.formatted("eth7")).json().get("errno").stringValue())
                .isEqualTo("ENODEV");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"null", "7", "1.5E+400", "\"text\"", "[1,{\"a\":null}]", "{\"b\":\"한\"}"})
    void anyJsonIsTheDataOfAnEntry(String data) {
        JsonNode pair = post("/socketpairs", null).get("sv");
        int epoll = LabSession.ok(http.post(lab.path + "/epolls", null)).fd();
        String path = "/epolls/" + epoll;
        post(
                path + "/ctl",
                "{\"op\":\"EPOLL_CTL_ADD\",\"fd\":%s,\"events\":[\"EPOLLOUT\"],\"data\":%s}"
                        .formatted(pair.get(0), data));
        byte[] answer = LabSession.ok(http.post(lab.path + path + "/wait", "{}")).bytes();
        assertThat(new String(answer, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"returned\":1,\"events\":[{\"events\":[\"EPOLLOUT\"],\"data\":%s}]}"
                                .formatted(data));
    }

    /** An echo request; the kernel gives it the socket's identifier and a checksum. */
    @ParameterizedTest
    @CsvSource({
        "AF_INET, IPPROTO_ICMP, 10.0.0.2:0, 0800000000000001, 00",
        "AF_INET6, IPPROTO_ICMPV6, [fd00::2]:0, 8000000000000001, 81"
    })
    void anIcmpSocketPings(
            String domain, String protocol, String to, String request, String reply) {
        int fd =
                lab.socket(
                        "{\"domain\":\"%s\",\"type\":\"SOCK_DGRAM\",\"protocol\":\"%s\"}"
                                .formatted(domain, protocol));
        post(
                "/sockets/" + fd + "/sendto",
                "{\"data\":\"%s\",\"encoding\":\"hex\",\"dest_addr\":\"%s\"}"
                        .formatted(request, to));
        JsonNode echo = post("/sockets/" + fd + "/recvfrom", "{\"len\":100,\"encoding\":\"hex\"}");
        assertThat(echo.get("data").stringValue()).startsWith(reply + "00").endsWith("0001");
    }

    @Test
    void anInterfaceIsNamedAndTheKernelSaysWhereThereIsNone() {
        int fd =
                lab.socket(
                        "{\"domain\":\"AF_PACKET\",\"type\":\"SOCK_DGRAM\",\"protocol\":\"ETH_P_ARP\"}");
        post(
                "/sockets/" + fd + "/bind",
                "{\"addr\":{\"family\":\"AF_PACKET\",\"interface\":\"eth0\",\"protocol\":\"ETH_P_ARP\"}}");
        JsonNode addr = LabSession.ok(http.get(lab.at(fd) + "/getsockname")).json().get("addr");
        assertThat(addr.get("interface").stringValue()).isEqualTo("eth0");
        assertThat(addr.get("protocol").stringValue()).isEqualTo("ETH_P_ARP");
        assertThat(addr.get("address").stringValue()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
        Http.Answer none =
                http.post(
                        lab.at(fd) + "/bind",
                        "{\"addr\":{\"family\":\"AF_PACKET\",\"interface\":\"eth7\"}}");
        assertThat(none.json().get("errno").stringValue()).isEqualTo("ENODEV");
        assertThat(lab.view(fd).get("local")).isEqualTo(addr);
    }
}
