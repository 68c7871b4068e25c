package dev.socketlab.abi;

/** How openat2(2) may resolve a path; from linux/openat2.h. */
public final class Openat2 {
    public static final int RESOLVE_NO_SYMLINKS = 0x4;
    public static final int RESOLVE_BENEATH = 0x8;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(Openat2.class);

    private Openat2() {}
}
