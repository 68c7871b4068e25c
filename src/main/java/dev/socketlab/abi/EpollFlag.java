package dev.socketlab.abi;

/** Flags of epoll_create1(2); from linux/eventpoll.h. */
public final class EpollFlag {
    public static final int EPOLL_CLOEXEC = 0x80000;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(EpollFlag.class);

    private EpollFlag() {}
}
