package dev.socketlab.abi;

/** Flags of eventfd(2); from sys/eventfd.h. */
public final class EventfdFlag {
    public static final int EFD_CLOEXEC = 0x80000;
    public static final int EFD_NONBLOCK = 0x800;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(EventfdFlag.class);

    private EventfdFlag() {}
}
