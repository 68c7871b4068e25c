package dev.socketlab.linux;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * struct tcp_info by its field names less {@code tcpi_}, as far as the kernel at hand fills it;
 * from linux/tcp.h. Times are in microseconds, but those named {@code last_…}, which are in
 * milliseconds.
 */
public final class TcpInfo {
    private static final String BYTES = "state ca_state retransmits probes backoff options";
    private static final String INTS =
            """
            rto ato snd_mss rcv_mss unacked sacked lost retrans fackets last_data_sent last_ack_sent
            last_data_recv last_ack_recv pmtu rcv_ssthresh rtt rttvar snd_ssthresh snd_cwnd advmss
            reordering rcv_rtt rcv_space total_retrans
            """;
    private static final String LONGS = "pacing_rate max_pacing_rate bytes_acked bytes_received";
    private static final String MORE_INTS =
            "segs_out segs_in notsent_bytes min_rtt data_segs_in data_segs_out";
    private static final String MORE_LONGS = "delivery_rate busy_time rwnd_limited sndbuf_limited";
    private static final String STILL_MORE_INTS = "delivered delivered_ce";
    private static final String STILL_MORE_LONGS = "bytes_sent bytes_retrans";
    private static final String LAST_INTS =
            "dsack_dups reord_seen rcv_ooopack snd_wnd rcv_wnd rehash";
    private static final String LAST_SHORTS = "total_rto total_rto_recoveries";
    private static final String LAST = "total_rto_time";

    private TcpInfo() {}

    /** The fields in their order; unsigned. {@code state} is the name of a {@link TcpState}. */
    public static Map<String, Object> parse(byte[] bytes) {
        ByteBuffer info = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, info, BYTES, 1);
        if (info.remaining() >= 2) {
            int scales = info.get();
            int bits = info.get();
            fields.put("snd_wscale", scales & 0xf);
            fields.put("rcv_wscale", scales >> 4 & 0xf);
            fields.put("delivery_rate_app_limited", bits & 1);
            fields.put("fastopen_client_fail", bits >> 1 & 3);
        }
        put(fields, info, INTS, 4);
        put(fields, info, LONGS, 8);
        put(fields, info, MORE_INTS, 4);
        put(fields, info, MORE_LONGS, 8);
        put(fields, info, STILL_MORE_INTS, 4);
        put(fields, info, STILL_MORE_LONGS, 8);
        put(fields, info, LAST_INTS, 4);
        put(fields, info, LAST_SHORTS, 2);
        put(fields, info, LAST, 4);
        fields.computeIfPresent(
                "state", (name, state) -> TcpState.NAMES.text(((Number) state).intValue()));
        return fields;
    }

    private static void put(Map<String, Object> fields, ByteBuffer info, String names, int size) {
        for (String name : names.trim().split("\\s+")) {
            if (info.remaining() < size) {
                return;
            }
            fields.put(
                    name,
                    switch (size) {
                        case 1 -> info.get() & 0xff;
                        case 2 -> info.getShort() & 0xffff;
                        case 4 -> info.getInt() & 0xffffffffL;
                        default -> unsigned(info.getLong());
                    });
        }
    }

    private static Number unsigned(long value) {
        return value < 0 ? new BigInteger(Long.toUnsignedString(value)) : (Number) value;
    }
}
