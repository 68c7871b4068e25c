package dev.socketlab.abi;

/** The states of a TCP socket as the kernel counts them; from net/tcp_states.h, linux/tcp.h. */
public final class TcpState {
    public static final int ESTABLISHED = 1;
    public static final int SYN_SENT = 2;
    public static final int SYN_RECV = 3;
    public static final int FIN_WAIT1 = 4;
    public static final int FIN_WAIT2 = 5;
    public static final int TIME_WAIT = 6;
    public static final int CLOSE = 7;
    public static final int CLOSE_WAIT = 8;
    public static final int LAST_ACK = 9;
    public static final int LISTEN = 10;
    public static final int CLOSING = 11;
    public static final int NEW_SYN_RECV = 12;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(TcpState.class);

    private TcpState() {}

    /** A state by its name in RFC 9293; the number where it is none. */
    public static String rfcName(int state) {
        return switch (state) {
            case ESTABLISHED -> "ESTABLISHED";
            case SYN_SENT -> "SYN-SENT";
            case SYN_RECV, NEW_SYN_RECV -> "SYN-RECEIVED";
            case FIN_WAIT1 -> "FIN-WAIT-1";
            case FIN_WAIT2 -> "FIN-WAIT-2";
            case TIME_WAIT -> "TIME-WAIT";
            case CLOSE -> "CLOSED";
            case CLOSE_WAIT -> "CLOSE-WAIT";
            case LAST_ACK -> "LAST-ACK";
            case LISTEN -> "LISTEN";
            case CLOSING -> "CLOSING";
            default -> Integer.toString(state);
        };
    }

    /** As one of a set of states. */
    public static int bit(int state) {
        return 1 << state;
    }
}
