package dev.socketlab.abi;

/** Commands of fcntl(2) that a socket takes; from linux/fcntl.h. */
public final class FcntlCommand {
    public static final int F_DUPFD = 0;
    public static final int F_GETFD = 1;
    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int F_DUPFD_CLOEXEC = 1030;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(FcntlCommand.class);

    private FcntlCommand() {}
}
