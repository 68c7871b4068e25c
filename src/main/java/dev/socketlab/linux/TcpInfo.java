package dev.socketlab.linux;

import dev.socketlab.abi.TcpState;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * struct tcp_info by its field names less {@code tcpi_}, as far as the kernel at hand fills it;
 * from linux/tcp.h. What a newer kernel gives beyond them is {@code unnamed}, in hex. Times are in
 * microseconds, but those named {@code last_…}, which are in milliseconds.
 */
public final class TcpInfo {
    /** Two bytes of bit fields: scales of the windows, and two flags. */
    private static final String BITS = "bits";

    /**
     * A field.
     *
     * @param size in bytes
     */
    record Field(String name, int offset, int size) {}

    static final List<Field> FIELDS =
            layout(
                    """
                    1 state ca_state retransmits probes backoff options
                    2 bits
                    4 rto ato snd_mss rcv_mss unacked sacked lost retrans fackets
                    4 last_data_sent last_ack_sent last_data_recv last_ack_recv
                    4 pmtu rcv_ssthresh rtt rttvar snd_ssthresh snd_cwnd advmss reordering
                    4 rcv_rtt rcv_space total_retrans
                    8 pacing_rate max_pacing_rate bytes_acked bytes_received
                    4 segs_out segs_in notsent_bytes min_rtt data_segs_in data_segs_out
                    8 delivery_rate busy_time rwnd_limited sndbuf_limited
                    4 delivered delivered_ce
                    8 bytes_sent bytes_retrans
                    4 dsack_dups reord_seen rcv_ooopack snd_wnd rcv_wnd rehash
                    2 total_rto total_rto_recoveries
                    4 total_rto_time
                    4 received_ce delivered_e1_bytes delivered_e0_bytes delivered_ce_bytes
                    4 received_e1_bytes received_e0_bytes received_ce_bytes
                    """);

    private static final Field UNACKED = field("unacked");
    private static final Field SACKED = field("sacked");

    /** How many bytes have names; a newer kernel gives more. */
    private static final int NAMED = FIELDS.getLast().offset() + FIELDS.getLast().size();

    /** Bytes that have no name here, in hex. */
    private static final String UNNAMED = "unnamed";

    private TcpInfo() {}

    private static Field field(String name) {
        return FIELDS.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<Field> layout(String lines) {
        List<Field> fields = new ArrayList<>();
        int offset = 0;
        for (String line : lines.lines().toList()) {
            String[] words = line.split(" ");
            int size = Integer.parseInt(words[0]);
            for (int i = 1; i < words.length; i++) {
                fields.add(new Field(words[i], offset, size));
                offset += size;
            }
        }
        return List.copyOf(fields);
    }

    /** The fields in their order; unsigned. {@code state} is the name of a {@link TcpState}. */
    public static Map<String, Object> parse(byte[] bytes) {
        ByteBuffer info = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Field field : FIELDS) {
            if (field.offset() + field.size() > bytes.length) {
                break;
            }
            if (field.name().equals(BITS)) {
                putBits(fields, info.get(field.offset()), info.get(field.offset() + 1));
            } else {
                fields.put(field.name(), value(info, field));
            }
        }
        fields.computeIfPresent(
                "state", (_, state) -> TcpState.NAMES.text(((Number) state).intValue()));
        if (bytes.length > NAMED) {
            fields.put(
                    UNNAMED,
                    HexFormat.of().formatHex(Arrays.copyOfRange(bytes, NAMED, bytes.length)));
        }
        return fields;
    }

    /** The state, a value of {@link TcpState}; CLOSE where the kernel gave nothing. */
    public static int state(byte[] bytes) {
        return bytes.length == 0 ? TcpState.CLOSE : bytes[0];
    }

    /** Of a listener: how many connections are in its accept queue; else segments. */
    public static long unacked(byte[] bytes) {
        return word(bytes, UNACKED);
    }

    /** Of a listener: the limit of its accept queue; else segments. */
    public static long sacked(byte[] bytes) {
        return word(bytes, SACKED);
    }

    private static long word(byte[] bytes, Field field) {
        return value(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), field).longValue();
    }

    /** Bit fields fill a byte from its lowest bit on both processors. */
    private static void putBits(Map<String, Object> fields, int scales, int flags) {
        fields.put("snd_wscale", scales & 0xf);
        fields.put("rcv_wscale", (scales >> 4) & 0xf);
        fields.put("delivery_rate_app_limited", flags & 1);
        fields.put("fastopen_client_fail", (flags >> 1) & 3);
    }

    private static Number value(ByteBuffer info, Field field) {
        return switch (field.size()) {
            case 1 -> info.get(field.offset()) & 0xff;
            case 2 -> info.getShort(field.offset()) & 0xffff;
            case 4 -> info.getInt(field.offset()) & 0xffffffffL;
            default -> unsigned(info.getLong(field.offset()));
        };
    }

    private static Number unsigned(long value) {
        return value < 0 ? new BigInteger(Long.toUnsignedString(value)) : (Number) value;
    }
}
