package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.Await;
import dev.socketlab.OpenFds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Programs that others wrote, at the other end of each family of sockets. */
@Timeout(120)
class DatagramPeerTests extends LiveServiceTests {
    private static final int DNS_HEADER = 12;

    @Test
    void aNameServerAnswersAQueryThatASessionMadeByHand() throws Exception {
        assumeTrue(exists("dnsmasq"), "dnsmasq is not installed");
        int dns = freePort();
        Process server =
                start(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--user=root",
                        "--pid-file=",
                        "--port=" + dns,
                        "--listen-address=127.0.0.1",
                        "--bind-interfaces",
                        "--no-resolv",
                        "--no-hosts",
                        "--address=/www.lab.example/192.0.2.7");
        try {
            int fd = socket("{\"type\":\"SOCK_DGRAM\"}");
            ByteBuffer answer = ByteBuffer.wrap(ask(fd, dns, query(0x1d2c, "www.lab.example")));
            assertThat(answer.getShort(0)).as("the query's id").isEqualTo((short) 0x1d2c);
            assertThat(answer.getShort(2) & 0x800f).as("a response, no error").isEqualTo(0x8000);
            assertThat(answer.getShort(6)).as("answers").isEqualTo((short) 1);
            byte[] address = new byte[4];
            answer.get(answer.capacity() - 4, address);
            assertThat(address).isEqualTo(new byte[] {(byte) 192, 0, 2, 7});
        } finally {
            end(server);
        }
    }

    /** Asked again until the server is there: a datagram to a closed port is not answered. */
    private byte[] ask(int fd, int port, byte[] query) {
        String data = Base64.getEncoder().encodeToString(query);
        String body =
                "{\"data\":\"%s\",\"encoding\":\"base64\",\"dest_addr\":\"127.0.0.1:%d\"}"
                        .formatted(data, port);
        while (true) {
            assertThat(http.post(sockets(fd) + "/sendto", body).status()).isEqualTo(200);
            Http.Answer answer =
                    http.post(
                            sockets(fd) + "/recvfrom?wait=500ms",
                            "{\"len\":512,\"encoding\":\"base64\"}");
            if (answer.status() == 200) {
                JsonNode from = answer.json().get("src_addr");
                assertThat(from.get("port").intValue()).isEqualTo(port);
                return Base64.getDecoder().decode(answer.json().get("data").stringValue());
            }
            assertThat(answer.json().get("errno").stringValue()).isEqualTo("EINTR");
        }
    }

    /** RFC 1035 4.1: a question of type A and class IN. */
    private static byte[] query(int id, String name) {
        ByteBuffer query = ByteBuffer.allocate(DNS_HEADER + name.length() + 2 + 4);
        query.putShort((short) id).putShort((short) 0x0100).putShort((short) 1);
        query.position(DNS_HEADER);
        for (String label : name.split("\\.")) {
            query.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return query.put((byte) 0).putShort((short) 1).putShort((short) 1).array();
    }

    @Test
    void aSyslogMessageComesToTheOwnerOfAUnixSocket() throws Exception {
        assumeTrue(exists("logger"), "logger is not installed");
        int fd = socket("{\"domain\":\"AF_UNIX\",\"type\":\"SOCK_DGRAM\"}");
        bind(fd, "unix:log.sock");
        Process logger =
                start(
                        "logger",
                        "--socket",
                        path("log.sock").toString(),
                        "--tag",
                        "lab",
                        "a line of a log");
        JsonNode received = http.post(sockets(fd) + "/recvfrom", "{\"len\":2048}").json();
        assertThat(received.get("data").stringValue())
                .startsWith("<13>")
                .contains("lab")
                .endsWith("a line of a log");
        assertThat(received.get("src_addr").isNull()).as("logger's socket has no name").isTrue();
        end(logger);
    }

    @ParameterizedTest
    @CsvSource({
        "AF_INET, SOCK_STREAM, 127.0.0.1:0, TCP4:127.0.0.1",
        "AF_INET6, SOCK_STREAM, [::1]:0, TCP6:[::1]",
        "AF_UNIX, SOCK_STREAM, unix:peer.sock, UNIX-CONNECT",
        "AF_UNIX, SOCK_SEQPACKET, unix:peer.sock, UNIX-CONNECT",
    })
    void socatConnectsToASession(String domain, String type, String addr, String socat)
            throws Exception {
        assumeTrue(exists("socat"), "socat is not installed");
        int listener = socket("{\"domain\":\"%s\",\"type\":\"%s\"}".formatted(domain, type));
        bind(listener, addr);
        http.post(sockets(listener) + "/listen", null);
        String to = domain.equals("AF_UNIX") ? unix(socat, type) : inet(socat, listener);
        Process peer = start("socat", "-", to);
        int fd = http.post(sockets(listener) + "/accept", null).fd();
        say(peer, "from socat\n");
        assertThat(received(fd, "recv")).isEqualTo("from socat\n");
        http.post(sockets(fd) + "/send", "{\"data\":\"from a session\\n\"}");
        http.delete(sockets(fd));
        assertThat(printed(peer, "from a session\n".length())).isEqualTo("from a session\n");
        end(peer);
    }

    @ParameterizedTest
    @CsvSource({"AF_INET, 127.0.0.1:0, UDP4:127.0.0.1", "AF_INET6, [::1]:0, UDP6:[::1]"})
    void socatSendsDatagramsAndReceivesThem(String domain, String addr, String socat)
            throws Exception {
        assumeTrue(exists("socat"), "socat is not installed");
        int fd = socket("{\"domain\":\"%s\",\"type\":\"SOCK_DGRAM\"}".formatted(domain));
        bind(fd, addr);
        Process peer = start("socat", "-t", "30", "-", inet(socat, fd));
        say(peer, "a datagram");
        JsonNode datagram = http.post(sockets(fd) + "/recvfrom", "{\"len\":100}").json();
        assertThat(datagram.get("data").stringValue()).isEqualTo("a datagram");
        sendto(fd, datagram.get("src_addr").toString());
        assertThat(printed(peer, "an answer".length())).isEqualTo("an answer");
        end(peer);
    }

    /** To socat a name that is relative to the session's directory is another than it sends to. */
    @Test
    void socatSendsUnixDatagramsAndAnotherReceivesThem() throws Exception {
        assumeTrue(exists("socat"), "socat is not installed");
        int fd = socket("{\"domain\":\"AF_UNIX\",\"type\":\"SOCK_DGRAM\"}");
        bind(fd, "unix:peer.sock");
        Path directory = path("peer.sock").getParent();
        Process sender = start("socat", "-u", "-", "UNIX-SENDTO:" + directory + "/peer.sock");
        say(sender, "a datagram");
        assertThat(received(fd, "recvfrom")).isEqualTo("a datagram");
        Process receiver = start("socat", "-u", "UNIX-RECV:" + directory + "/socat.sock", "-");
        Await.until(() -> Files.exists(directory.resolve("socat.sock")));
        sendto(fd, "\"unix:socat.sock\"");
        assertThat(printed(receiver, "an answer".length())).isEqualTo("an answer");
        end(sender);
        end(receiver);
    }

    /** On a session's own network the other end is in its namespace. */
    @ParameterizedTest
    @CsvSource({
        "AF_PACKET, SOCK_DGRAM, ETH_P_IP, UDP4-SENDTO:10.0.0.1:9, AF_PACKET",
        "AF_INET, SOCK_RAW, 253, IP4-SENDTO:10.0.0.1:253, AF_INET"
    })
    void socatSendsToAPacketSocketAndToARawOne(
            String domain, String type, String protocol, String socat, String from)
            throws Exception {
        http.assumeCapability("isolated");
        assumeTrue(exists("socat"), "socat is not installed");
        assumeTrue(exists("nsenter"), "nsenter is not installed");
        try (LabSession lab = LabSession.of(http, "server", "client")) {
            String quoted = protocol.equals("253") ? protocol : "\"" + protocol + "\"";
            int fd =
                    lab.socket(
                            "{\"domain\":\"%s\",\"type\":\"%s\",\"protocol\":%s}"
                                    .formatted(domain, type, quoted));
            Process peer =
                    start(
                            "nsenter",
                            "--net=" + Namespaces.of(lab, "client"),
                            "socat",
                            "-u",
                            "-",
                            socat);
            say(peer, "by any protocol");
            JsonNode received =
                    LabSession.ok(
                                    http.post(
                                            lab.at(fd) + "/recvfrom",
                                            "{\"len\":1000,\"encoding\":\"base64\"}"))
                            .json();
            byte[] data = Base64.getDecoder().decode(received.get("data").stringValue());
            assertThat(new String(data, StandardCharsets.ISO_8859_1)).endsWith("by any protocol");
            assertThat(received.get("src_addr").get("family").stringValue()).isEqualTo(from);
            end(peer);
        }
    }

    private void sendto(int fd, String dest) {
        String body = "{\"data\":\"an answer\",\"dest_addr\":" + dest + "}";
        Http.Answer sent = http.post(sockets(fd) + "/sendto", body);
        assertThat(sent.status()).as(sent.json().toString()).isEqualTo(200);
    }

    private int socket(String body) {
        Http.Answer made = http.post(session + "/sockets", body);
        assertThat(made.status()).isEqualTo(201);
        return made.fd();
    }

    private void bind(int fd, String addr) {
        Http.Answer bound = http.post(sockets(fd) + "/bind", "{\"addr\":\"" + addr + "\"}");
        assertThat(bound.status()).as(bound.json().toString()).isEqualTo(200);
    }

    private String received(int fd, String call) {
        return http.post(sockets(fd) + "/" + call, "{\"len\":100}")
                .json()
                .get("data")
                .stringValue();
    }

    private String inet(String socat, int fd) {
        return socat + ":" + http.port(session, fd);
    }

    private static String unix(String socat, String type) throws IOException {
        return socat + ":" + path("peer.sock") + (type.equals("SOCK_SEQPACKET") ? ",type=5" : "");
    }

    /** Where the session's names are on the machine, by the fd of its directory. */
    private static Path path(String name) {
        return OpenFds.matching("/.*").stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    /** What a program prints, until it ends or has printed so much. */
    private static String printed(Process process, int length) {
        return CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                byte[] bytes = process.getInputStream().readNBytes(length);
                                return new String(bytes, StandardCharsets.UTF_8);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static void say(Process process, String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean exists(String program) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
            process.getInputStream().transferTo(new ByteArrayOutputStream());
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (IOException _) {
            return false;
        }
    }
}
