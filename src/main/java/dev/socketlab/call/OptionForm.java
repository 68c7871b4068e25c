package dev.socketlab.call;

/** The forms that the value of a socket option has in C. */
public enum OptionForm {
    /** An int; the kernel reads some of them from a single byte too. */
    INT(4),
    /** A __u64. */
    U64(8),
    /** A string. */
    TEXT(256),
    /** struct linger. */
    LINGER(8),
    /** struct timeval. */
    TIMEVAL(16),
    /** struct ucred. */
    UCRED(12),
    /** struct ip_mreq or ip_mreqn, of IPv4 groups; read, a struct in_addr. */
    MREQ(4),
    /** struct ipv6_mreq. */
    IPV6_MREQ(20),
    /** struct tcp_info. */
    TCP_INFO(1024),
    /** Anything else, as its bytes. */
    RAW(4096);

    private final int optlen;

    OptionForm(int optlen) {
        this.optlen = optlen;
    }

    /** How many bytes to ask the kernel for. */
    public int optlen() {
        return optlen;
    }
}
