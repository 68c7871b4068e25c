package dev.socketlab.abi;

/** What is known of a neighbour's reachability, RFC 4861 and arp(7); from linux/neighbour.h. */
public final class NeighbourState {
    public static final int NUD_NONE = 0;
    public static final int NUD_INCOMPLETE = 0x01;
    public static final int NUD_REACHABLE = 0x02;
    public static final int NUD_STALE = 0x04;
    public static final int NUD_DELAY = 0x08;
    public static final int NUD_PROBE = 0x10;
    public static final int NUD_FAILED = 0x20;
    public static final int NUD_NOARP = 0x40;
    public static final int NUD_PERMANENT = 0x80;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(NeighbourState.class);

    private NeighbourState() {}

    /** A state as RFC 4861 and ip-neighbour(8) name it: REACHABLE. */
    public static String name(int state) {
        return NAMES.text(state).replaceFirst("^NUD_", "");
    }
}
