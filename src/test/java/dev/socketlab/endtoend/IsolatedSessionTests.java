package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.OpenFds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Sessions with a network of their own, through HTTP. */
class IsolatedSessionTests extends LiveServiceTests {
    /** Namespaces and TAP interfaces. */
    private static final String NETWORK_FDS = "net:.*|/dev/net/tun";

    private static final String TWO = "{\"hosts\":[{\"name\":\"client\"},{\"name\":\"server\"}]}";

    @BeforeEach
    void needsNamespaces() {
        http.assumeCapability("interfaces");
    }

    private String isolated(String body) {
        Http.Answer made = http.post("/api/v1/sessions", body);
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        return made.header("Location");
    }

    private int socket(String path, String body) {
        Http.Answer made = http.post(path + "/sockets", body);
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        return made.fd();
    }

    private static void ok(Http.Answer answer) {
        assertThat(answer.status()).as(answer.json().toString()).isIn(200, 201);
    }

    @Test
    void aSessionThatAsksForNothingHasAHostOfItsOwnWhereAnyPortIsFree() {
        Http.Answer made = http.post("/api/v1/sessions", null);
        String path = made.header("Location");
        assertThat(made.json().get("network").stringValue()).isEqualTo("isolated");
        assertThat(made.json().get("hosts").toString())
                .isEqualTo(
                        "[{\"name\":\"localhost\",\"interface\":null,\"mac\":null,\"mtu\":null,"
                                + "\"address\":null,\"address6\":null}]");
        assertThat(http.get(path).json().get("hosts")).isEqualTo(made.json().get("hosts"));
        int listener = socket(path, null);
        ok(http.post(path + "/sockets/" + listener + "/bind", "{\"addr\":\"0.0.0.0:80\"}"));
        ok(http.post(path + "/sockets/" + listener + "/listen", null));
        int client = socket(path, "{\"host\":\"localhost\"}");
        ok(http.post(path + "/sockets/" + client + "/connect", "{\"addr\":\"127.0.0.1:80\"}"));
        ok(http.delete(path));
    }

    @ParameterizedTest
    @CsvSource({"AF_INET, 10.0.0.2:80", "AF_INET6, [fd00::2]:80"})
    void twoHostsTalkOverTheirSwitch(String domain, String address) {
        String path = isolated(TWO);
        int listener = socket(path, "{\"domain\":\"%s\",\"host\":\"server\"}".formatted(domain));
        int client = socket(path, "{\"domain\":\"%s\",\"host\":\"client\"}".formatted(domain));
        String addr = "{\"addr\":\"%s\"}".formatted(address);
        ok(http.post(path + "/sockets/" + listener + "/bind", addr));
        ok(http.post(path + "/sockets/" + listener + "/listen", null));
        ok(http.post(path + "/sockets/" + client + "/connect", addr));
        int server = http.post(path + "/sockets/" + listener + "/accept", null).fd();
        ok(http.post(path + "/sockets/" + client + "/send", "{\"data\":\"over the wire\"}"));
        assertThat(
                        http.post(path + "/sockets/" + server + "/recv", "{\"len\":99}")
                                .json()
                                .get("data")
                                .stringValue())
                .isEqualTo("over the wire");
        ok(http.delete(path));
    }

    @Test
    void hostsHaveWhatTheyAskForAndWhatIsFreeOtherwise() {
        String path =
                isolated(
                        """
                        {"network":"isolated","hosts":[
                          {"name":"a","address":"10.0.0.2/24","mtu":1400},
                          {"name":"b"},
                          {"name":"c.example","address":"192.0.2.1/28","address6":"2001:db8::1/56"},
                          {"name":"d","mtu":576},
                          {"name":"e","address":"2001:db8::5/64"}]}\
                        """);
        JsonNode hosts = http.get(path).json().get("hosts");
        assertThat(hosts.valueStream().map(JsonNode::toString))
                .containsExactly(
                        host("a", 1, 1400, "10.0.0.2/24", "\"fd00::1/64\""),
                        host("b", 2, 1500, "10.0.0.3/24", "\"fd00::2/64\""),
                        host("c.example", 3, 1500, "192.0.2.1/28", "\"2001:db8::1/56\""),
                        host("d", 4, 576, "10.0.0.4/24", "null"),
                        host("e", 5, 1500, "10.0.0.5/24", "\"2001:db8::5/64\""));
        int fd = socket(path, "{\"host\":\"b\"}");
        ok(http.post(path + "/sockets/" + fd + "/bind", "{\"addr\":\"10.0.0.3:7\"}"));
        ok(http.post(path + "/sockets/" + fd + "/listen", null));
        int client = socket(path, "{\"host\":\"a\"}");
        ok(http.post(path + "/sockets/" + client + "/connect", "{\"addr\":\"10.0.0.3:7\"}"));
        assertThat(
                        http.get(path + "/sockets/" + client + "/options/IP_MTU")
                                .json()
                                .get("optval")
                                .intValue())
                .isEqualTo(1400);
        ok(http.delete(path));
    }

    private static String host(String name, int n, int mtu, String address, String address6) {
        return "{\"name\":\"%s\",\"interface\":\"eth0\",\"mac\":\"02:00:00:00:00:%02x\",\"mtu\":%d,\"address\":\"%s\",\"address6\":%s}"
                .formatted(name, n, mtu, address, address6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"hosts\":[]} | /hosts",
                "{\"hosts\":[{}]} | name",
                "{\"hosts\":[null]} | /hosts/0: null is not accepted here",
                "{\"hosts\":[{\"name\":null}]} | /hosts/0/name",
                "{\"hosts\":[{\"name\":\"\"}]} | /hosts/0/name",
                "{\"hosts\":[{\"name\":\"a b\"}]} | /hosts/0/name",
                "{\"hosts\":[{\"name\":\"10.0.0.9\"}]} | /hosts/0/name",
                "{\"hosts\":[{\"name\":\"a..b\"}]} | /hosts/0/name",
                "{\"hosts\":[{\"name\":\"a.-b\"}]} | /hosts/0/name",
                "{\"hosts\":[{\"name\":\"ip6-localhost\"},{\"name\":\"b\"}]} | /hosts/0/name",
                "{\"hosts\":[{\"name\":\"a\",\"address6\":\"fe80::ff:fe00:1/64\"}]} | /hosts/0/address6",
                "{\"hosts\":[{\"name\":\"a\"},{\"name\":\"A\"}]} | /hosts/1/name",
                "{\"hosts\":[{\"name\":\"a\"},{\"name\":\"localhost\"}]} | /hosts/1/name",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"10.0.0.1\"}]} | /hosts/0/address",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"10.0.0.0/24\"}]} | /hosts/0/address",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"10.0.0.255/24\"}]} | /hosts/0/address",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"127.0.0.1/8\"}]} | /hosts/0/address",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"224.0.0.1/8\"}]} | /hosts/0/address",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"10.0.0.1/0\"}]} | /hosts/0/address",
                "{\"hosts\":[{\"name\":\"a\",\"address6\":\"::1/128\"}]} | /hosts/0/address6",
                "{\"hosts\":[{\"name\":\"a\",\"address6\":\"ff02::1/64\"}]} | /hosts/0/address6",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"fd00::1\"}]} | /hosts/0/address:",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"fd00::1/64\",\"address6\":\"fd00::2/64\"}]} | /hosts/0/address:",
                "{\"hosts\":[{\"name\":\"a\",\"mtu\":67}]} | /hosts/0/mtu",
                "{\"hosts\":[{\"name\":\"a\",\"mtu\":65522}]} | /hosts/0/mtu",
                "{\"hosts\":[{\"name\":\"a\",\"mtu\":1279,\"address6\":\"fd00::1/64\"}]} | /hosts/0/address6",
                "{\"hosts\":[{\"name\":\"a\",\"address\":\"10.0.0.1/24\"},{\"name\":\"b\",\"address\":\"10.0.0.1/8\"}]} | /hosts/1/address",
            })
    void hostsThatCannotBeAreRefused(String body, String where) {
        Http.Answer refused = http.post("/api/v1/sessions", body);
        assertThat(refused.status()).as(refused.json().toString()).isEqualTo(400);
        assertThat(refused.json().get("detail").stringValue()).contains(where);
    }

    @Test
    void aHostThatIsNotThereIsNamed() {
        String path = isolated(TWO);
        for (String call : new String[] {"/sockets", "/getaddrinfo"}) {
            Http.Answer refused = http.post(path + call, "{\"host\":\"router\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().get("detail").stringValue()).contains("client, server");
        }
        assertThat(http.post(session + "/sockets", "{\"host\":\"client\"}").status())
                .isEqualTo(400);
        ok(http.delete(path));
    }

    @Test
    void namesComeFromTheSessionsHostsFileAndFromNowhereElse() throws IOException {
        String path = isolated(TWO);
        assertThat(resolve(path, "{\"node\":\"server\",\"service\":\"80\"}"))
                .containsExactly("fd00::2", "10.0.0.2");
        assertThat(resolve(path, "{\"node\":\"SERVER\",\"hints\":{\"family\":\"AF_INET\"}}"))
                .containsExactly("10.0.0.2");
        assertThat(resolve(path, "{\"node\":\"localhost\",\"hints\":{\"family\":\"AF_INET\"}}"))
                .containsExactly("127.0.0.1");
        String outside = InetAddress.getLocalHost().getHostName();
        assertThat(resolve(path, "{\"node\":\"%s\"}".formatted(outside)))
                .containsExactly("EAI_NONAME");
        assertThat(resolve(path, "{\"node\":\"example.com\"}")).containsExactly("EAI_NONAME");
        assertThat(resolve(path, "{\"node\":\"server\",\"service\":\"no-such\"}"))
                .containsExactly("EAI_SERVICE");

        ok(
                http.send(
                        "PUT",
                        path + "/etc/hosts",
                        """
                        {"entries":[{"address":"10.0.0.9","names":["example.com","www"]},
                                    {"address":"10.0.0.8","names":["www"]}]}\
                        """));
        assertThat(resolve(path, "{\"node\":\"server\"}")).containsExactly("EAI_NONAME");
        assertThat(resolve(path, "{\"node\":\"www\"}")).containsExactly("10.0.0.9", "10.0.0.8");
        JsonNode list =
                http.post(
                                path + "/getaddrinfo",
                                "{\"node\":\"www\",\"hints\":{\"flags\":[\"AI_CANONNAME\"]}}")
                        .json();
        assertThat(list.get("res").get(0).get("canonname").stringValue()).isEqualTo("example.com");
        assertThat(list.get("lookup").get("source").stringValue()).isEqualTo("files");
        assertThat(
                        http.post(path + "/getnameinfo", "{\"addr\":\"10.0.0.8:80\"}")
                                .json()
                                .get("host")
                                .stringValue())
                .isEqualTo("www");
        assertThat(http.get(path + "/etc/hosts").json().get("entries")).hasSize(2);
        assertThat(
                        http.post(
                                        path + "/getnameinfo",
                                        "{\"addr\":\"10.0.0.8:80\",\"flags\":[\"NI_NAMEREQD\",\"NI_NUMERICHOST\"]}")
                                .json()
                                .get("eai")
                                .stringValue())
                .isEqualTo("EAI_NONAME");
        ok(http.delete(path));
    }

    /** As getaddrinfo(3) of the GNU C library answers with the same file and no other source. */
    @Test
    void addressesOfEitherVersionAreWhatTheCLibraryMakesOfThem() {
        String path = isolated(TWO);
        ok(
                http.send(
                        "PUT",
                        path + "/etc/hosts",
                        """
                        {"entries":[{"address":"10.0.0.2","names":["srv4","both"]},
                                    {"address":"fd00::2","names":["srv6","both"]},
                                    {"address":"10.0.0.3","names":["four"]},
                                    {"address":"::ffff:10.0.0.7","names":["mapped"]},
                                    {"address":"10.0.0.2","names":["mapped","kelvin"]}]}\
                        """));
        assertThat(resolve(path, hints("both", "AF_UNSPEC")))
                .containsExactly("fd00::2", "10.0.0.2");
        assertThat(resolve(path, hints("both", "AF_INET6", "AI_V4MAPPED")))
                .containsExactly("fd00::2");
        assertThat(resolve(path, hints("both", "AF_INET6", "AI_V4MAPPED", "AI_ALL")))
                .containsExactly("fd00::2", "::ffff:10.0.0.2");
        assertThat(resolve(path, hints("four", "AF_INET6", "AI_V4MAPPED")))
                .containsExactly("::ffff:10.0.0.3");
        assertThat(resolve(path, hints("four", "AF_INET6"))).containsExactly("EAI_NONAME");
        assertThat(resolve(path, hints("mapped", "AF_UNSPEC")))
                .containsExactlyInAnyOrder("10.0.0.2", "::ffff:10.0.0.7");
        assertThat(resolve(path, hints("KELVIN", "AF_INET"))).containsExactly("10.0.0.2");
        assertThat(resolve(path, hints("\u212aelvin", "AF_INET"))).containsExactly("EAI_NONAME");
        JsonNode list =
                http.post(path + "/getaddrinfo", hints("both", "AF_INET6", "AI_CANONNAME")).json();
        assertThat(list.get("res").get(0).get("canonname").stringValue()).isEqualTo("srv6");
        JsonNode zone = http.post(path + "/getaddrinfo", hints("fe80::1%eth0", "AF_INET6")).json();
        assertThat(zone.get("lookup").get("source").stringValue()).isEqualTo("numeric");
        ok(http.delete(path));
    }

    private static String hints(String node, String family, String... flags) {
        String list = flags.length == 0 ? "" : "\"" + String.join("\",\"", flags) + "\"";
        return "{\"node\":\"%s\",\"hints\":{\"family\":\"%s\",\"flags\":[%s]}}"
                .formatted(node, family, list);
    }

    private List<String> resolve(String path, String body) {
        JsonNode answer = http.post(path + "/getaddrinfo", body).json();
        return answer.has("eai")
                ? List.of(answer.get("eai").stringValue())
                : answer.get("res")
                        .valueStream()
                        .map(ai -> ai.get("addr").get("address").stringValue())
                        .distinct()
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | entries",
                "{\"entries\":[null]} | /entries/0: null is not accepted here",
                "{\"entries\":[{\"address\":\"10.0.0.1\",\"names\":[null]}]} | /entries/0/names/0",
                "{\"entries\":[{\"address\":\"x\",\"names\":[\"a\"]}]} | /entries/0/address",
                "{\"entries\":[{\"address\":\"10.0.0.1\",\"names\":[]}]} | /entries/0/names",
                "{\"entries\":[{\"address\":\"10.0.0.1\",\"names\":[\"a b\"]}]} | /entries/0/names",
                "{\"entries\":[{\"address\":\"10.0.0.1\",\"names\":[\"a#b\"]}]} | /entries/0/names",
            })
    void aHostsFileThatCannotBeIsRefusedAndTheOldOneStays(String body, String where) {
        String path = isolated(TWO);
        Http.Answer refused = http.send("PUT", path + "/etc/hosts", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("detail").stringValue()).contains(where);
        assertThat(http.get(path + "/etc/hosts").json().get("entries")).hasSize(6);
        ok(http.delete(path));
    }

    @Test
    void theMachinesHostsFileIsNotReadNorWritten() {
        assertThat(http.get(session + "/etc/hosts").status()).isEqualTo(404);
        assertThat(http.send("PUT", session + "/etc/hosts", "{\"entries\":[]}").status())
                .isEqualTo(404);
    }

    /**
     * The policy of the machine's network is not asked: the kernel answers, and nothing gets out.
     */
    @Test
    void theMachineIsNotReachedFromASessionsNetwork() throws IOException {
        String path = isolated(TWO);
        try (ServerSocket machine = new ServerSocket(0)) {
            machine.setSoTimeout(1);
            for (String address : new String[] {"127.0.0.1", "0.0.0.0"}) {
                refused(path, "AF_INET", address + ":" + machine.getLocalPort());
                refused(path, "AF_INET", address + ":" + port);
            }
            for (String address : new String[] {"[::1]", "[::]", "[::ffff:127.0.0.1]"}) {
                refused(path, "AF_INET6", address + ":" + machine.getLocalPort());
                refused(path, "AF_INET6", address + ":" + port);
            }
            refused(path, "AF_INET", "192.0.2.1:80");
            refused(path, "AF_INET", "169.254.169.254:80");
            try (var _ = machine.accept()) {
                throw new AssertionError("a session has reached the machine");
            } catch (SocketTimeoutException e) {
                assertThat(e).isNotNull();
            }
        }
        ok(http.delete(path));
    }

    private void refused(String path, String domain, String addr) {
        int fd = socket(path, "{\"domain\":\"%s\"}".formatted(domain));
        Http.Answer answer =
                http.post(
                        path + "/sockets/" + fd + "/connect", "{\"addr\":\"%s\"}".formatted(addr));
        assertThat(answer.json().get("errno").stringValue())
                .as(addr)
                .isIn("ECONNREFUSED", "ENETUNREACH");
    }

    @Test
    void endingASessionLeavesNothing() throws IOException {
        ok(http.delete(isolated(TWO))); // what is loaded once is loaded
        List<String> before = OpenFds.matching(NETWORK_FDS);
        String path = isolated(TWO);
        assertThat(OpenFds.matching(NETWORK_FDS))
                .hasSize(before.size() + 4); // two namespaces, two interfaces
        String addr = "{\"addr\":\"10.0.0.2:80\"}";
        int listener = socket(path, "{\"host\":\"server\"}");
        ok(http.post(path + "/sockets/" + listener + "/bind", addr));
        ok(http.post(path + "/sockets/" + listener + "/listen", null));
        ok(
                http.post(
                        path + "/sockets/" + socket(path, "{\"host\":\"client\"}") + "/connect",
                        addr));

        JsonNode report = http.delete(path).json();

        assertThat(report.get("closed")).hasSize(2);
        assertThat(OpenFds.matching(NETWORK_FDS)).isEqualTo(before);
    }
}
