package dev.socketlab.abi;

/**
 * Flags of an open file description, fcntl(2) F_GETFL; from asm-generic/fcntl.h. O_DIRECT is left
 * out: its value is not the same on x86-64 and aarch64.
 */
public final class StatusFlag {
    public static final int O_WRONLY = 0x1;
    public static final int O_RDWR = 0x2;
    public static final int O_APPEND = 0x400;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_DSYNC = 0x1000;
    public static final int O_ASYNC = 0x2000;
    public static final int O_NOATIME = 0x40000;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(StatusFlag.class);

    private StatusFlag() {}
}
