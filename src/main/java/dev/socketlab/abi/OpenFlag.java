package dev.socketlab.abi;

/** Flags of open(2) that the service itself uses; from asm-generic/fcntl.h. */
public final class OpenFlag {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 0x1;
    public static final int O_RDWR = 0x2;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(OpenFlag.class);

    private OpenFlag() {}
}
