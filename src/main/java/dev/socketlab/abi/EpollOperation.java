package dev.socketlab.abi;

/** What epoll_ctl(2) is to do; from linux/eventpoll.h. */
public final class EpollOperation {
    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLL_CTL_DEL = 2;
    public static final int EPOLL_CTL_MOD = 3;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(EpollOperation.class);

    private EpollOperation() {}
}
