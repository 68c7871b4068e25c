package dev.socketlab.abi;

/** Options of level SOL_RAW, raw(7); from linux/icmp.h. */
public final class SolRaw {
    public static final int ICMP_FILTER = 1;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(SolRaw.class);

    private SolRaw() {}
}
