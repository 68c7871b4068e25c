package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Bad input for every route: a problem document that says what and where, never a 500. */
class BadInputTests extends LiveServiceTests {
    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private void isProblem(Http.Answer answer, int status, String detail) {
        String body = new String(answer.bytes(), StandardCharsets.UTF_8);
        assertThat(answer.status()).as(body).isEqualTo(status);
        assertThat(answer.type()).as(body).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
        assertThat(answer.json().get("title").stringValue()).isNotEmpty();
        assertThat(answer.json().get("type").stringValue())
                .matches("http://127\\.0\\.0\\.1:[0-9]+/problems/[a-z]+/[A-Za-z_0-9-]+");
        assertThat(answer.json().get("detail").stringValue()).contains(detail);
        assertThat(body).doesNotContain("Exception", "dev.socketlab", "tools.jackson", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "POST   | /sockets                     | []                                | 400 | body: an object is expected here",
                "POST   | /sockets                     | {\"domain\":                      | 400 | body: this is not JSON",
                "POST   | /sockets                     | {\"domain\":2} x                  | 400 | body: this is not JSON",
                "POST   | /sockets                     | {\"domain\":2,\"domain\":2}       | 400 | body: a field is there twice",
                "POST   | /sockets                     | {\"domain\":\"AF_FOO\"}           | 400 | /domain: unknown constant \"AF_FOO\"; accepted: AF_UNSPEC, AF_UNIX",
                "POST   | /sockets                     | {\"domain\":2.5}                  | 400 | /domain",
                "POST   | /sockets                     | {\"domain\":99999999999}          | 400 | /domain: the number is out of range",
                "POST   | /sockets                     | {\"domain\":true}                 | 400 | /domain: the name of a constant or a number",
                "POST   | /sockets                     | {\"flags\":[\"SOCK_FOO\"]}        | 400 | /flags: unknown constant",
                "POST   | /sockets                     | {\"flags\":[[1]]}                 | 400 | /flags",
                "POST   | /sockets                     | {\"colour\":1}                    | 400 | /colour: unknown field; accepted: domain, flags, host, protocol, type",
                "POST   | /sockets                     | {\"host\":\"client\"}             | 400 | /host",
                "POST   | /sockets                     | {\"domain\":\"AF_NETLINK\"}       | 403 | AF_NETLINK",
                "POST   | /sockets/3/bind              | -                                 | 400 | body",
                "POST   | /sockets/3/bind              | null                              | 400 | body",
                "POST   | /sockets/3/bind              | {}                                | 400 | the field addr is missing",
                "POST   | /sockets/3/bind              | {\"addr\":null}                   | 400 | /addr: null is not accepted here",
                "POST   | /sockets/3/bind              | {\"addr\":7}                      | 400 | /addr",
                "POST   | /sockets/3/bind              | {\"addr\":\"nowhere\"}            | 400 | /addr: \"nowhere\" is not an address; accepted:",
                "POST   | /sockets/3/bind              | {\"addr\":\"127.0.0.1:65536\"}    | 400 | port 65536 is not 0 to 65535",
                "POST   | /sockets/3/bind              | {\"addr\":{\"port\":1}}           | 400 | an address needs a family",
                "POST   | /sockets/3/bind              | {\"addr\":{\"family\":\"AF_INET\",\"address\":\"1.2.3\"}} | 400 | \"1.2.3\" is not an IPv4 address",
                "POST   | /sockets/3/bind              | {\"addr\":{\"family\":\"AF_INET\",\"path\":\"x\"}} | 400 | has no path",
                "POST   | /sockets/3/bind              | {\"addr\":{\"family\":\"AF_INET\",\"x\":1}} | 400 | /addr/x: unknown field",
                "POST   | /sockets/3/bind              | {\"addr\":\"127.0.0.1:+80\"}      | 400 | is not an address",
                "POST   | /sockets/3/bind              | {\"addr\":{\"family\":65538,\"data\":\"00\",\"encoding\":\"hex\"}} | 400 | does not fit sa_family_t",
                "POST   | /sockets/3/connect           | {\"addr\":{\"family\":-65534}}    | 400 | does not fit sa_family_t",
                "POST   | /sockets/3/bind              | {\"addr\":{\"family\":0,\"data\":\"0050000000000000000000000000\",\"encoding\":\"hex\"}} | 403 | 0.0.0.0:80",
                "POST   | /sockets/3/bind              | {\"addr\":{\"family\":\"AF_INET6\",\"scope_id\":4294967296}} | 400 | does not fit a uint32_t",
                "POST   | /sockets/900/bind            | {\"addr\":\"unix:../x\"}          | 404 | EBADF",
                "POST   | /sockets/3/bind              | {\"addr\":\"unix:/etc/x\"}        | 403 | relative to the session's own directory",
                "POST   | /sockets/3/bind              | {\"addr\":\"unix:a/../../x\"}     | 403 | relative to the session's own directory",
                "POST   | /sockets/3/bind              | {\"addr\":\"10.0.0.1:80\"}        | 403 | socketlab.egress.allow",
                "POST   | /sockets/3/listen            | {\"backlog\":\"3\"}               | 400 | /backlog: a number that fits a C int",
                "POST   | /sockets/3/accept            | {\"flags\":\"SOCK_X\"}            | 400 | /flags",
                "POST   | /sockets/3/connect           | {\"addr\":\"[::1]\"}              | 400 | /addr",
                "POST   | /sockets/3/send              | {}                                | 400 | the field data is missing",
                "POST   | /sockets/3/send              | {\"data\":5}                      | 400 | /data: text is expected here",
                "POST   | /sockets/3/send              | {\"data\":\"x\",\"encoding\":\"rot13\"} | 400 | encoding is one of utf-8, base64, hex",
                "POST   | /sockets/3/send              | {\"data\":\"x\",\"encoding\":\"hex\"}   | 400 | /data",
                "POST   | /sockets/3/send              | {\"data\":\"\\ud800\"}            | 400 | /data: a lone surrogate",
                "POST   | /sockets/3/send              | {\"data\":\"x\",\"flags\":[\"MSG_X\"]} | 400 | /flags: unknown constant",
                "POST   | /sockets/3/recv              | {}                                | 400 | the field len is missing",
                "POST   | /sockets/3/recv              | {\"len\":-1}                      | 400 | /len: -1 is no size_t",
                "POST   | /sockets/3/recv              | {\"len\":99999999999999999999}    | 400 | /len: the number is out of range",
                "POST   | /sockets/3/recv?wait=6m      | {\"len\":1}                       | 400 | the longest wait is 300s",
                "POST   | /sockets/3/recv?wait=10      | {\"len\":1}                       | 400 | wait: a number and ms, s or m",
                "POST   | /sockets/3/recv?wiat=1s      | {\"len\":1}                       | 400 | unknown parameter; accepted: wait",
                "POST   | /sockets/3/write             | {\"data\":\"x\",\"flags\":0}      | 400 | /flags: unknown field",
                "POST   | /sockets/3/read              | {\"count\":1,\"len\":1}           | 400 | /len: unknown field",
                "POST   | /sockets/3/shutdown          | {\"how\":\"SHUT\"}                | 400 | accepted: SHUT_RD, SHUT_WR, SHUT_RDWR",
                "PUT    | /sockets/3/flags             | {\"flags\":[\"O_X\"]}             | 400 | /flags",
                "POST   | /sockets/3/fcntl             | {\"cmd\":\"F_X\"}                 | 400 | /cmd",
                "POST   | /sockets/3/fcntl             | {\"cmd\":\"F_SETFD\",\"arg\":[\"X\"]} | 400 | /arg",
                "POST   | /sockets/3/fcntl             | {\"cmd\":8,\"arg\":1}             | 403 | fcntl command 8",
                "GET    | /sockets/3/options/SO_X      | -                                 | 400 | unknown option \"SO_X\"",
                "GET    | /sockets/3/options/4         | -                                 | 400 | needs ?level=",
                "GET    | /sockets/3/options/4?level=X | -                                 | 400 | level: unknown constant",
                "GET    | /sockets/3/options/SO_TYPE?optlen=-1 | -                         | 400 | optlen is 0 to 65536",
                "GET    | /sockets/3/options/SO_TYPE?optlen=x  | -                         | 400 | optlen: a number",
                "GET    | /sockets/3/options/TCP_REPAIR        | -                         | 403 | TCP_REPAIR",
                "GET    | /sockets/3/options/19?level=6        | -                         | 403 | TCP_REPAIR",
                "GET    | /sockets/3/options/64?level=SOL_IP   | -                         | 403 | netfilter",
                "PUT    | /sockets/3/options/SO_SNDBUF | {\"optval\":\"x\"}                | 400 | /optval",
                "PUT    | /sockets/3/options/SO_SNDBUF | {\"optval\":1,\"value\":1}        | 400 | /value: unknown field",
                "PUT    | /sockets/3/options/SO_LINGER | {\"optval\":{\"l_onoff\":1}}      | 400 | /optval: {\"l_onoff\",\"l_linger\"}",
                "PUT    | /sockets/3/options/SO_LINGER | {\"optval\":{\"l_onoff\":1,\"l_linger\":\"2\"}} | 400 | /optval/l_linger",
                "PUT    | /sockets/3/options/SO_MARK   | {\"optval\":1}                    | 403 | SO_MARK",
                "PUT    | /sockets/3/options/TCP_CONGESTION | {\"optval\":5}               | 400 | /optval: text is expected here",
                "POST   | /getaddrinfo                 | {\"node\":5}                      | 400 | /node: text is expected here",
                "POST   | /getaddrinfo                 | {\"node\":\"a\\u0000b\"}          | 400 | /node: a C string has no NUL",
                "POST   | /getaddrinfo                 | {\"hints\":{\"flags\":[\"AI_X\"]}} | 400 | /hints/flags: unknown constant",
                "POST   | /getaddrinfo                 | {\"hints\":{\"x\":1}}             | 400 | /hints/x: unknown field",
                "GET    | /addrinfo/x                  | -                                 | 400 | id: a number",
                "GET    | /addrinfo/7                  | -                                 | 404 | no getaddrinfo list 7",
                "DELETE | /addrinfo/7                  | -                                 | 404 | no getaddrinfo list 7",
                "POST   | /getnameinfo                 | {\"flags\":0}                     | 400 | the field addr is missing",
                "POST   | /sockets/abc/listen          | -                                 | 400 | fd: a number that fits a C int",
                "POST   | /sockets/99999999999/listen  | -                                 | 400 | fd: a number that fits a C int",
                "POST   | /sockets/900/listen          | -                                 | 404 | listen(900, 128) = -1 EBADF",
                "POST   | /sockets/-1/listen           | -                                 | 404 | EBADF",
                "POST | /sockets/3/bind | {\"addr\":{\"family\":\"AF_PACKET\",\"interface\":\"lo\",\"ifindex\":1}} | 400 | interface and ifindex exclude each other",
                "POST | /sockets/3/bind | {\"addr\":{\"family\":\"AF_PACKET\",\"address\":\"zz\"}} | 400 | is not a physical address",
                "POST | /sockets/3/bind | {\"addr\":{\"family\":\"AF_PACKET\",\"protocol\":65536}} | 400 | protocol 65536 does not fit 16 bits",
                "POST | /sockets/3/bind | {\"addr\":\"unix:\\udfff\"} | 400 | a lone surrogate",
                "POST | /sockets/3/bind | {\"addr\":{\"family\":\"AF_UNIX\",\"path\":\"a\\u0000b\"}} | 400 | none of them NUL",
                "POST | /sockets/3/sendto | {\"dest_addr\":\"127.0.0.1:9\"} | 400 | the field data is missing",
                "POST | /sockets/3/sendto | {\"data\":\"x\",\"dest_addr\":\"nowhere\"} | 400 | /dest_addr",
                "POST | /sockets/3/recvfrom | {\"len\":-1} | 400 | /len: -1 is no size_t",
                "POST | /sockets/3/sendmsg | {\"msg_iov\":[{\"data\":\"x\"},{\"data\":\"x\",\"encoding\":\"hex\"}]} | 400 | /msg_iov/1/data",
                "POST | /sockets/3/sendmsg | {\"msg_iov\":[{}]} | 400 | the field data is missing",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":\"SOL_X\",\"type\":1,\"data\":\"\"}]} | 400 | /msg_control/0/level",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":\"SOL_SOCKET\",\"type\":\"SCM_X\",\"data\":\"\"}]} | 400 | /msg_control/0/type",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":1,\"type\":1,\"data\":\"00000000\",\"encoding\":\"hex\"}]} | 400 | SCM_RIGHTS has fds",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":0,\"type\":2,\"fds\":[3]}]} | 400 | either data or value",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":0,\"type\":2}]} | 400 | either data or value",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":0,\"type\":\"IP_TTL\",\"value\":\"7\"}]} | 400 | /msg_control/0/value: a number that fits 32 bits",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":0,\"type\":\"IP_PKTINFO\",\"value\":{\"ipi_ifindex\":1,\"ipi_addr\":\"x\"}}]} | 400 | /value/ipi_addr",
                "POST | /sockets/3/sendmsg | {\"msg_control\":[{\"level\":\"IPPROTO_IP\",\"type\":\"IP_PKTINFO\",\"data\":\"\"}]} | 403 | IP_PKTINFO",
                "POST | /sockets/3/recvmsg | {\"iov_len\":[-1]} | 400 | /iov_len/0: -1 is no size_t",
                "POST | /sockets/3/recvmsg | {\"controllen\":-1} | 400 | controllen is 0 to 65536",
                "POST | /socketpairs | {\"host\":\"a\"} | 400 | /host: unknown field",
                "POST | /sockets/3/dup | {\"newfd\":\"9\"} | 400 | /newfd",
                "GET | /sockets/3/ioctl/SIOCGIFADDR | - | 400 | request: accepted: ",
                "GET | /sockets/3/ioctl/35111 | - | 400 | request: accepted: ",
                "POST | /poll | {} | 400 | the field fds is missing",
                "POST | /poll | {\"fds\":[{\"events\":[]}]} | 400 | the field fd is missing",
                "POST | /poll | {\"fds\":[{\"fd\":3,\"events\":[\"EPOLLIN\"]}]} | 400 | unknown constant",
                "POST | /poll | {\"fds\":[{\"fd\":3,\"events\":65536}]} | 400 | /fds/0/events: events do not fit a short",
                "POST | /epolls | {\"flags\":[\"EPOLLIN\"]} | 400 | /flags: unknown constant",
                "POST | /epolls/3/ctl | {\"op\":\"EPOLL_CTL_ADD\",\"fd\":3} | 400 | /events",
                "POST | /epolls/3/ctl | {\"op\":\"ADD\",\"fd\":3,\"events\":[]} | 400 | accepted: EPOLL_CTL_ADD",
                "POST | /epolls/3/ctl | {\"op\":1,\"fd\":3,\"events\":[],\"data\":\"\\ud800\"} | 400 | /data: a lone surrogate",
                "POST | /epolls/3/wait | {\"timeout\":1.5} | 400 | /timeout",
                "POST | /epolls/3/wait | {} | 422 | EINVAL",
                "DELETE | /files/name?encoding=hex | - | 400 | path",
                "DELETE | /files/2e2e?encoding=hex | - | 403 | relative to the session's own directory",
                "PUT | /sockets/3/options/IP_ADD_MEMBERSHIP | {\"optval\":{\"imr_multiaddr\":\"239.1.1.1\",\"imr_interface\":\"127.0.0.1\"}} | 403 | IP_ADD_MEMBERSHIP",
                "PUT | /sockets/3/options/IP_DROP_MEMBERSHIP | {\"optval\":{\"imr_multiaddr\":\"x\",\"imr_interface\":\"127.0.0.1\"}} | 400 | /optval/imr_multiaddr",
                "PUT | /sockets/3/options/IP_DROP_MEMBERSHIP | {\"optval\":{}} | 400 | /optval",
                "PUT | /sockets/3/options/IPV6_LEAVE_GROUP | {\"optval\":{\"ipv6mr_multiaddr\":\"ff02::1\"}} | 400 | /optval",
                "GET    | /nowhere                     | -                                 | 404 | nowhere",
                "PATCH  | /sockets                     | {}                                | 405 | PATCH",
            })
    void isRefusedWithAProblemThatSaysWhatAndWhere(
            String method, String path, String body, int status, String detail) {
        http.post(session + "/sockets", null);
        isProblem(http.send(method.strip(), session + path.strip(), body), status, detail);
    }

    @Test
    void everyRouteAnswersAnUnknownSessionWith404() {
        List<String> routes = new ArrayList<>();
        for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
            for (String pattern : mapping.getPatternValues()) {
                if (pattern.contains("{sid}")) {
                    String path =
                            pattern.replace("{sid}", "0123")
                                    .replace("{name}", "SO_TYPE")
                                    .replaceAll("\\{\\*?[a-z]+}", "3");
                    String method =
                            mapping.getMethodsCondition().getMethods().iterator().next().name();
                    isProblem(http.send(method, path, null), 404, "no session");
                    routes.add(method + " " + pattern);
                }
            }
        }
        assertThat(routes).hasSizeGreaterThan(20);
    }

    @Test
    void everyRouteAnswersAWrongMediaTypeWith415AndNoBodyThatIsNotUtf8Passes() {
        String socket = session + "/sockets/" + http.post(session + "/sockets", null).fd();
        for (String path :
                List.of(
                        "/bind",
                        "/listen",
                        "/accept",
                        "/connect",
                        "/send",
                        "/recv",
                        "/write",
                        "/read",
                        "/shutdown",
                        "/fcntl")) {
            HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
            isProblem(
                    http.send(
                            http.request(socket + path)
                                    .header("Content-Type", "application/xml")
                                    .POST(body)),
                    415,
                    "The body is application/xml; accepted: application/");
            byte[] notUtf8 = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
            isProblem(
                    http.send(
                            http.request(socket + path)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(notUtf8))),
                    400,
                    "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "application/x-www-form-urlencoded",
                "*/*",
                "nonsense",
                "text/plain",
                "application/json;charset=\""
            })
    void aBodyOfNoTypeThatIsTakenIs415(String type) {
        isProblem(
                http.send(
                        http.request(session + "/sockets")
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))),
                415,
                "application/json");
    }

    @Test
    void jsonThatIsNotInUtf8IsRefusedWhateverItsEncodingAndAnAnswerIsInNoOther() {
        for (Charset charset :
                List.of(
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16,
                        Charset.forName("UTF-32"))) {
            isProblem(
                    http.send(
                            http.request(session + "/sockets")
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{}", charset))),
                    400,
                    "not JSON in UTF-8");
        }
        isProblem(
                http.send(
                        http.request("/api/v1/constants")
                                .header("Accept", "application/json;charset=utf-16")
                                .GET()),
                406,
                "UTF-8");
    }

    @Test
    void aBodyTooLargeIs413WhateverItsLengthSays() {
        byte[] large = new byte[(2 << 20) + 1];
        for (HttpRequest.BodyPublisher body :
                List.of(
                        HttpRequest.BodyPublishers.ofByteArray(large),
                        HttpRequest.BodyPublishers.fromPublisher(
                                HttpRequest.BodyPublishers.ofByteArray(large)))) {
            try (Http fresh = new Http(port)) { // this client keeps a connection that is closed
                isProblem(
                        fresh.send(
                                fresh.request(session + "/sockets/3/send")
                                        .header("Content-Type", "application/octet-stream")
                                        .expectContinue(true)
                                        .POST(body)),
                        413,
                        "2097152 bytes");
            }
        }
    }

    /** The library of the OpenAPI document can read it, and holds it to no bounds. */
    @Test
    void yamlIsNoBody() {
        Http.Answer answer =
                http.send(
                        http.request(session + "/sockets")
                                .header("Content-Type", "application/yaml")
                                .POST(HttpRequest.BodyPublishers.ofString("domain: AF_INET")));
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.header("Accept")).doesNotContain("yaml");
    }

    @Test
    void deepJsonIsRefused() {
        http.post(session + "/sockets", null);
        String deep = "{\"optval\":" + "[".repeat(40) + "]".repeat(40) + "}";
        isProblem(
                http.send("PUT", session + "/sockets/3/options/SO_TYPE", deep),
                400,
                "too deep, too long or too large");
    }

    @Test
    void anAnswerThatIsNotJsonIsNotAcceptable() {
        http.post(session + "/sockets", null);
        isProblem(
                http.send(
                        http.request(session + "/sockets/3/getsockname")
                                .header("Accept", "application/xml")
                                .GET()),
                406,
                "application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"network\":\"host\",\"hosts\":[]} | 400 | /hosts",
                "{\"network\":\"wifi\"} | 400 | /network",
                "{\"name\":\"a\\u0000b\"} | 400 | /name",
                "{\"name\":\"\"} | 400 | /name",
                "{\"nom\":\"x\"} | 400 | /nom: unknown field",
            })
    void aSessionThatCannotBeMadeIsRefused(String body, int status, String detail) {
        isProblem(http.post("/api/v1/sessions", body), status, detail);
    }
}
