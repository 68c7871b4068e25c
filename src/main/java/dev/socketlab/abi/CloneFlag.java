package dev.socketlab.abi;

/** What a thread has of its own, for unshare(2) and setns(2); from linux/sched.h. */
public final class CloneFlag {
    public static final int CLONE_FS = 0x200;
    public static final int CLONE_NEWNET = 0x40000000;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(CloneFlag.class);

    private CloneFlag() {}
}
