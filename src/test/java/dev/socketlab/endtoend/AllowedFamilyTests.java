package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** A family that the operator added, and that has no form of its own here. */
@Timeout(60)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "socketlab.socket.allow=AF_NETLINK")
class AllowedFamilyTests {
    @LocalServerPort private int port;

    private Http http;
    private LabSession lab;

    @BeforeEach
    void begin() {
        http = new Http(port);
        lab = LabSession.on(http, "host");
    }

    @AfterEach
    void end() {
        lab.close();
        http.close();
    }

    /** struct sockaddr_nl behind its family: two bytes of padding, nl_pid, nl_groups. */
    @Test
    void itsAddressesAreTheFamilyAndBytes() {
        int fd = lab.socket("{\"domain\":\"AF_NETLINK\",\"type\":\"SOCK_RAW\"}");
        String addr = "{\"family\":\"AF_NETLINK\",\"data\":\"%s\",\"encoding\":\"hex\"}";
        Http.Answer bound =
                http.post(
                        lab.at(fd) + "/bind",
                        "{\"addr\":" + addr.formatted("00004000000000000000") + "}");
        assertThat(bound.json().get("returned").intValue()).isZero();
        JsonNode name = LabSession.ok(http.get(lab.at(fd) + "/getsockname")).json().get("addr");
        assertThat(name.toString())
                .isEqualTo(
                        "{\"family\":\"AF_NETLINK\",\"data\":\"AABAAAAAAAAAAA==\",\"encoding\":\"base64\"}");
    }

    @Test
    void othersAreRefusedAsBefore() {
        Http.Answer refused = http.post(lab.path + "/sockets", "{\"domain\":\"AF_VSOCK\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").stringValue()).contains("AF_NETLINK");
        assertThat(http.get("/api/v1/capabilities").json().get("families").toString())
                .contains("AF_NETLINK");
    }

    @Test
    void theNameOfAUnixSocketIsRemoved() {
        int fd = lab.socket("{\"domain\":\"AF_UNIX\"}");
        lab.bind(fd, "unix:a name");
        lab.close(fd);
        assertThat(http.delete(lab.path + "/files/a%20name").json().get("returned").intValue())
                .isZero();
        Http.Answer again = http.delete(lab.path + "/files/61206e616d65?encoding=hex");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("errnoNumber").intValue()).isEqualTo(Errno.ENOENT.number());
    }
}
