package dev.socketlab.abi;

/** Options of level SOL_MPTCP, for sockets of IPPROTO_MPTCP; from linux/mptcp.h. */
public final class SolMptcp {
    public static final int MPTCP_INFO = 1;
    public static final int MPTCP_TCPINFO = 2;
    public static final int MPTCP_SUBFLOW_ADDRS = 3;
    public static final int MPTCP_FULL_INFO = 4;

    /** These names and their values. */
    public static final ConstantSet NAMES = ConstantSet.of(SolMptcp.class);

    private SolMptcp() {}
}
