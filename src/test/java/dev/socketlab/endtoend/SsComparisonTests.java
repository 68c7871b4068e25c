package dev.socketlab.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What a view says against what ss(8) prints of the same socket. */
@Timeout(120)
class SsComparisonTests extends LiveServiceTests {
    /** What ss prints, the field of TCP_INFO that it is, and by how much that is divided. */
    private record Printed(String name, String field, double divisor) {
        static Printed same(String name) {
            return new Printed(name, name, 1);
        }
    }

    private static final List<Printed> PRINTED =
            Stream.concat(
                            Stream.of(
                                    new Printed("wscale", "snd_wscale,rcv_wscale", 1),
                                    new Printed("rto", "rto", 1000),
                                    new Printed("rtt", "rtt,rttvar", 1000),
                                    new Printed("ato", "ato", 1000),
                                    new Printed("mss", "snd_mss", 1),
                                    new Printed("rcvmss", "rcv_mss", 1),
                                    new Printed("cwnd", "snd_cwnd", 1),
                                    new Printed("ssthresh", "snd_ssthresh", 1),
                                    new Printed("notsent", "notsent_bytes", 1),
                                    new Printed("minrtt", "min_rtt", 1000),
                                    new Printed("rcv_rtt", "rcv_rtt", 1000),
                                    new Printed("retrans", "retrans,total_retrans", 1)),
                            Stream.of(
                                            "pmtu advmss bytes_sent bytes_retrans bytes_acked"
                                                    + " bytes_received segs_out segs_in data_segs_out"
                                                    + " data_segs_in delivered unacked lost sacked"
                                                    + " reordering rcv_space rcv_ssthresh snd_wnd")
                                    .flatMap(names -> Stream.of(names.split(" ")))
                                    .map(Printed::same))
                    .toList();

    /** Clocks run on between two looks. */
    private static final List<String> CLOCKS =
            List.of(
                    "last_data_sent",
                    "last_ack_sent",
                    "last_data_recv",
                    "last_ack_recv",
                    "busy_time",
                    "rwnd_limited",
                    "sndbuf_limited");

    @Test
    void onTheMachinesNetworkTheyAreEqual() throws IOException {
        try (LabSession lab = LabSession.on(http, "host")) {
            compare(lab, List.of());
        }
    }

    @Test
    void onASessionsOwnTheyAreEqual() throws IOException {
        http.assumeCapability("isolated");
        assumeTrue(run(List.of("nsenter", "--version")).contains("util-linux"));
        try (LabSession lab = LabSession.on(http, "isolated")) {
            compare(lab, List.of("nsenter", "--net=" + Namespaces.of(lab, "localhost")));
        }
    }

    private void compare(LabSession lab, List<String> within) throws IOException {
        assumeTrue(run(List.of("ss", "--version")).contains("iproute2"), "ss is not installed");
        List<Integer> fds = sockets(lab);
        int compared = 0;
        for (int fd : fds) {
            compared += compare(lab, within, fd);
        }
        assertThat(compared).as("fields of TCP_INFO that both have").isGreaterThan(60);
    }

    /** A listener that has one waiting, data unread, a window closed, two ends half closed. */
    private static List<Integer> sockets(LabSession lab) {
        int listener = lab.listener(4);
        int client = lab.socket(null);
        lab.connect(client, lab.name(listener));
        LabSession.Pair unread = lab.pair();
        lab.send(unread.client(), 1000, "");
        lab.recv(unread.server(), 400);
        LabSession.Pair full = lab.pair();
        while (lab.send(full.client(), 300_000, "\"MSG_DONTWAIT\"").status() == 200) {
            assertThat(full.client()).isPositive();
        }
        LabSession.Pair half = lab.pair();
        lab.shutdown(half.client());
        return List.of(
                listener,
                client,
                unread.client(),
                unread.server(),
                full.client(),
                full.server(),
                half.client(),
                half.server());
    }

    /** The socket is quiet if it is the same before and after ss has looked; else once more. */
    private int compare(LabSession lab, List<String> within, int fd) throws IOException {
        while (true) {
            JsonNode before = lab.view(fd);
            String line = line(within, before.get("inode").longValue());
            if (without(before).equals(without(lab.view(fd)))) {
                return compare(before, line);
            }
            assertThat(Thread.interrupted()).as("the test's time is over").isFalse();
        }
    }

    private static Map<String, String> without(JsonNode view) {
        Map<String, String> fields = new HashMap<>();
        view.get("tcp").propertyStream().forEach(e -> fields.put(e.getKey(), e.getValue() + ""));
        CLOCKS.forEach(fields::remove);
        fields.put("buffers", view.get("buffers").toString());
        return fields;
    }

    private static String line(List<String> within, long inode) throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of("ss", "-tinmaeOH"));
        return run(command)
                .lines()
                .filter(line -> line.contains("ino:" + inode + " "))
                .findFirst()
                .orElseThrow();
    }

    private static int compare(JsonNode view, String line) {
        String[] columns = line.trim().split(" +");
        boolean listening = view.get("state").stringValue().equals("LISTEN");
        JsonNode accept = view.get("queues").get("accept");
        JsonNode receive = view.get("buffers").get("receive");
        JsonNode send = view.get("buffers").get("send");
        assertThat(columns[0].replace("ESTAB", "ESTABLISHED"))
                .isEqualTo(view.get("state").stringValue());
        long fin = columns[0].equals("CLOSE-WAIT") ? 1 : 0; // ss counts it as a byte to be read
        assertThat(Long.parseLong(columns[1]))
                .isEqualTo(
                        fin + (listening ? accept.get("depth") : receive.get("queued")).asLong());
        assertThat(columns[2])
                .isEqualTo((listening ? accept.get("limit") : send.get("queued")).toString());
        assertThat(line)
                .contains(
                        "skmem:(r" + receive.get("memory") + ",rb" + receive.get("capacity") + ",")
                .contains(",tb" + send.get("capacity") + ",")
                .contains(",w" + send.get("memory") + ",")
                .contains(",d" + view.get("queues").get("dropped") + ")");
        int compared = 0;
        for (String column : columns) {
            for (Printed printed : PRINTED) {
                if (column.startsWith(printed.name() + ":")) {
                    compared += compare(view.get("tcp"), printed, column);
                }
            }
        }
        return compared;
    }

    /** ss prints six digits of a number that it has divided. */
    private static int compare(JsonNode tcp, Printed printed, String column) {
        String[] values = column.substring(printed.name().length() + 1).split("[,/]");
        String[] fields = printed.field().split(",");
        assertThat(values).as(column).hasSameSizeAs(fields);
        for (int i = 0; i < fields.length; i++) {
            double ours = tcp.get(fields[i]).asDouble() / printed.divisor();
            assertThat(ours)
                    .as(column)
                    .isCloseTo(Double.parseDouble(values[i]), within(Math.abs(ours) * 1e-5));
        }
        return fields.length;
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
