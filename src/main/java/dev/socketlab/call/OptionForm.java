package dev.socketlab.call;

import dev.socketlab.linux.Structure;

/** The forms that the value of a socket option has in C. */
public enum OptionForm {
    /** An int; the kernel reads some of them from a single byte too. */
    INT(Integer.BYTES),
    /** A __u32. */
    UINT(Integer.BYTES),
    /** A __u64. */
    U64(Long.BYTES),
    /** A string. */
    TEXT(256),
    /** struct linger. */
    LINGER(Structure.LINGER.size()),
    /** struct timeval. */
    TIMEVAL(Structure.TIMEVAL.size()),
    /** struct ucred. */
    UCRED(Structure.UCRED.size()),
    /** struct ip_mreq or ip_mreqn, of IPv4 groups; read, a struct in_addr. */
    MREQ(Integer.BYTES),
    /** struct ipv6_mreq. */
    IPV6_MREQ(Structure.IPV6_MREQ.size()),
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
