package dev.socketlab.linux;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The C structures that cross into the kernel or the C library, field by field in their C names.
 * Host byte order but where a field is said to be in network order. A test compiles {@link #ALL}
 * against the headers of each processor.
 */
final class Layouts {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    static final int SOCKADDR_STORAGE_SIZE = 128;
    static final int SUN_PATH_SIZE = 108;

    /** sys/socket.h; sin_port and sin_addr are in network order. */
    static final StructLayout SOCKADDR_IN =
            struct("sockaddr_in", u16("sin_family"), u16("sin_port"), bytes("sin_addr", 4), pad(8));

    /** netinet/in.h; all but the family and sin6_scope_id are in network order. */
    static final StructLayout SOCKADDR_IN6 =
            struct(
                    "sockaddr_in6",
                    u16("sin6_family"),
                    u16("sin6_port"),
                    u32("sin6_flowinfo"),
                    bytes("sin6_addr", 16),
                    u32("sin6_scope_id"));

    static final StructLayout SOCKADDR_UN =
            struct("sockaddr_un", u16("sun_family"), bytes("sun_path", SUN_PATH_SIZE));

    static final StructLayout LINGER = struct("linger", u32("l_onoff"), u32("l_linger"));

    static final StructLayout TIMEVAL = struct("timeval", u64("tv_sec"), u64("tv_usec"));

    static final StructLayout TIMESPEC = struct("timespec", u64("tv_sec"), u64("tv_nsec"));

    /** sys/socket.h. */
    static final StructLayout UCRED = struct("ucred", u32("pid"), u32("uid"), u32("gid"));

    static final StructLayout POLLFD = struct("pollfd", u32("fd"), u16("events"), u16("revents"));

    /** linux/if_packet.h; sll_protocol is in network order. */
    static final StructLayout SOCKADDR_LL =
            struct(
                    "sockaddr_ll",
                    u16("sll_family"),
                    u16("sll_protocol"),
                    u32("sll_ifindex"),
                    u16("sll_hatype"),
                    u8("sll_pkttype"),
                    u8("sll_halen"),
                    bytes("sll_addr", 8));

    static final StructLayout IOVEC =
            struct("iovec", ValueLayout.ADDRESS.withName("iov_base"), u64("iov_len"));

    static final StructLayout MSGHDR =
            struct(
                    "msghdr",
                    ValueLayout.ADDRESS.withName("msg_name"),
                    u32("msg_namelen"),
                    pad(4),
                    ValueLayout.ADDRESS.withName("msg_iov"),
                    u64("msg_iovlen"),
                    ValueLayout.ADDRESS.withName("msg_control"),
                    u64("msg_controllen"),
                    u32("msg_flags"),
                    pad(4));

    static final StructLayout CMSGHDR =
            struct("cmsghdr", u64("cmsg_len"), u32("cmsg_level"), u32("cmsg_type"));

    /** netinet/in.h; addresses are in network order. */
    static final StructLayout IN_PKTINFO =
            struct(
                    "in_pktinfo",
                    u32("ipi_ifindex"),
                    bytes("ipi_spec_dst", 4),
                    bytes("ipi_addr", 4));

    static final StructLayout IN6_PKTINFO =
            struct("in6_pktinfo", bytes("ipi6_addr", 16), u32("ipi6_ifindex"));

    static final StructLayout IP_MREQ =
            struct("ip_mreq", bytes("imr_multiaddr", 4), bytes("imr_interface", 4));

    static final StructLayout IP_MREQN =
            struct(
                    "ip_mreqn",
                    bytes("imr_multiaddr", 4),
                    bytes("imr_address", 4),
                    u32("imr_ifindex"));

    static final StructLayout IPV6_MREQ =
            struct("ipv6_mreq", bytes("ipv6mr_multiaddr", 16), u32("ipv6mr_interface"));

    /** linux/errqueue.h. */
    static final StructLayout SOCK_EXTENDED_ERR =
            struct(
                    "sock_extended_err",
                    u32("ee_errno"),
                    u8("ee_origin"),
                    u8("ee_type"),
                    u8("ee_code"),
                    u8("ee_pad"),
                    u32("ee_info"),
                    u32("ee_data"));

    /** netdb.h. */
    static final StructLayout ADDRINFO =
            struct(
                    "addrinfo",
                    u32("ai_flags"),
                    u32("ai_family"),
                    u32("ai_socktype"),
                    u32("ai_protocol"),
                    u32("ai_addrlen"),
                    pad(4),
                    ValueLayout.ADDRESS.withName("ai_addr"),
                    ValueLayout.ADDRESS.withName("ai_canonname"),
                    ValueLayout.ADDRESS.withName("ai_next"));

    static final StructLayout EPOLL_EVENT = epollEvent(Platform.isX86());

    /** linux/netlink.h. */
    static final StructLayout NLMSGHDR =
            struct(
                    "nlmsghdr",
                    u32("nlmsg_len"),
                    u16("nlmsg_type"),
                    u16("nlmsg_flags"),
                    u32("nlmsg_seq"),
                    u32("nlmsg_pid"));

    /** linux/inet_diag.h; ports and addresses are in network order. */
    static final StructLayout INET_DIAG_SOCKID =
            struct(
                    "inet_diag_sockid",
                    u16("idiag_sport"),
                    u16("idiag_dport"),
                    bytes("idiag_src", 16),
                    bytes("idiag_dst", 16),
                    u32("idiag_if"),
                    bytes("idiag_cookie", 8));

    static final StructLayout INET_DIAG_REQ_V2 =
            struct(
                    "inet_diag_req_v2",
                    u8("sdiag_family"),
                    u8("sdiag_protocol"),
                    u8("idiag_ext"),
                    u8("pad"),
                    u32("idiag_states"),
                    INET_DIAG_SOCKID.withName("id"));

    static final StructLayout INET_DIAG_REQ =
            struct(
                    "inet_diag_req",
                    u8("idiag_family"),
                    u8("idiag_src_len"),
                    u8("idiag_dst_len"),
                    u8("idiag_ext"),
                    INET_DIAG_SOCKID.withName("id"),
                    u32("idiag_states"),
                    u32("idiag_dbs"));

    static final StructLayout INET_DIAG_MSG =
            struct(
                    "inet_diag_msg",
                    u8("idiag_family"),
                    u8("idiag_state"),
                    u8("idiag_timer"),
                    u8("idiag_retrans"),
                    INET_DIAG_SOCKID.withName("id"),
                    u32("idiag_expires"),
                    u32("idiag_rqueue"),
                    u32("idiag_wqueue"),
                    u32("idiag_uid"),
                    u32("idiag_inode"));

    /** linux/unix_diag.h. */
    static final StructLayout UNIX_DIAG_REQ =
            struct(
                    "unix_diag_req",
                    u8("sdiag_family"),
                    u8("sdiag_protocol"),
                    u16("pad"),
                    u32("udiag_states"),
                    u32("udiag_ino"),
                    u32("udiag_show"),
                    bytes("udiag_cookie", 8));

    static final StructLayout UNIX_DIAG_MSG =
            struct(
                    "unix_diag_msg",
                    u8("udiag_family"),
                    u8("udiag_type"),
                    u8("udiag_state"),
                    u8("pad"),
                    u32("udiag_ino"),
                    bytes("udiag_cookie", 8));

    static final StructLayout UNIX_DIAG_RQLEN =
            struct("unix_diag_rqlen", u32("udiag_rqueue"), u32("udiag_wqueue"));

    /** linux/rtnetlink.h. */
    static final StructLayout RTATTR = struct("rtattr", u16("rta_len"), u16("rta_type"));

    static final StructLayout RTMSG =
            struct(
                    "rtmsg",
                    u8("rtm_family"),
                    u8("rtm_dst_len"),
                    u8("rtm_src_len"),
                    u8("rtm_tos"),
                    u8("rtm_table"),
                    u8("rtm_protocol"),
                    u8("rtm_scope"),
                    u8("rtm_type"),
                    u32("rtm_flags"));

    static final StructLayout IFINFOMSG =
            struct(
                    "ifinfomsg",
                    u8("ifi_family"),
                    pad(1),
                    u16("ifi_type"),
                    u32("ifi_index"),
                    u32("ifi_flags"),
                    u32("ifi_change"));

    /** linux/if_addr.h. */
    static final StructLayout IFADDRMSG =
            struct(
                    "ifaddrmsg",
                    u8("ifa_family"),
                    u8("ifa_prefixlen"),
                    u8("ifa_flags"),
                    u8("ifa_scope"),
                    u32("ifa_index"));

    /** linux/neighbour.h. */
    static final StructLayout NDMSG =
            struct(
                    "ndmsg",
                    u8("ndm_family"),
                    pad(3),
                    u32("ndm_ifindex"),
                    u16("ndm_state"),
                    u8("ndm_flags"),
                    u8("ndm_type"));

    /** linux/stat.h; the inode number alone. */
    static final StructLayout STATX = struct("statx", pad(32), u64("stx_ino"), pad(216));

    /** linux/if.h; of the union that follows the name, ifr_flags alone. */
    static final StructLayout IFREQ =
            struct("ifreq", bytes("ifr_name", 16), u16("ifr_flags"), pad(22));

    /** Of an ifreq, ifr_ifindex in place of ifr_flags. */
    static final int IFR_IFINDEX = offset(IFREQ, "ifr_flags");

    static final long EPOLL_EVENT_SIZE = EPOLL_EVENT.byteSize();
    static final long EPOLL_EVENT_DATA_OFFSET = offset(EPOLL_EVENT, "data");

    static final List<StructLayout> ALL =
            List.of(
                    SOCKADDR_IN,
                    SOCKADDR_IN6,
                    SOCKADDR_UN,
                    LINGER,
                    TIMEVAL,
                    TIMESPEC,
                    UCRED,
                    POLLFD,
                    SOCKADDR_LL,
                    IOVEC,
                    MSGHDR,
                    CMSGHDR,
                    IN_PKTINFO,
                    IN6_PKTINFO,
                    IP_MREQ,
                    IP_MREQN,
                    IPV6_MREQ,
                    SOCK_EXTENDED_ERR,
                    ADDRINFO,
                    EPOLL_EVENT,
                    NLMSGHDR,
                    INET_DIAG_SOCKID,
                    INET_DIAG_REQ_V2,
                    INET_DIAG_REQ,
                    INET_DIAG_MSG,
                    UNIX_DIAG_REQ,
                    UNIX_DIAG_MSG,
                    UNIX_DIAG_RQLEN,
                    RTATTR,
                    RTMSG,
                    IFINFOMSG,
                    IFADDRMSG,
                    NDMSG,
                    STATX,
                    IFREQ);

    private Layouts() {}

    /** sys/epoll.h: packed on x86-64, and there alone. */
    static StructLayout epollEvent(boolean packed) {
        return packed
                ? struct(
                        "epoll_event",
                        u32("events"),
                        ValueLayout.JAVA_LONG_UNALIGNED.withName("data"))
                : struct("epoll_event", u32("events"), pad(4), u64("data"));
    }

    /** Where a field begins, in bytes from the start of its structure. */
    static int offset(StructLayout layout, String field) {
        return Math.toIntExact(layout.byteOffset(PathElement.groupElement(field)));
    }

    private static StructLayout struct(String name, MemoryLayout... members) {
        return MemoryLayout.structLayout(members).withName(name);
    }

    private static MemoryLayout u8(String name) {
        return ValueLayout.JAVA_BYTE.withName(name);
    }

    private static MemoryLayout u16(String name) {
        return ValueLayout.JAVA_SHORT.withName(name);
    }

    private static MemoryLayout u32(String name) {
        return ValueLayout.JAVA_INT.withName(name);
    }

    private static MemoryLayout u64(String name) {
        return ValueLayout.JAVA_LONG.withName(name);
    }

    private static MemoryLayout bytes(String name, long count) {
        return MemoryLayout.sequenceLayout(count, ValueLayout.JAVA_BYTE).withName(name);
    }

    private static MemoryLayout pad(long count) {
        return MemoryLayout.paddingLayout(count);
    }
}
