package dev.socketlab.abi;

/** Flags of a file descriptor, fcntl(2) F_GETFD; from linux/fcntl.h. */
public final class DescriptorFlag {
    public static final int FD_CLOEXEC = 1;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(DescriptorFlag.class);

    private DescriptorFlag() {}
}
