package dev.socketlab.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoUdplite;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.LinuxKernel;
import dev.socketlab.linux.OutBuffer;
import dev.socketlab.linux.SyscallResult;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.PolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every option, against what this kernel answers with no service between. */
@ExtendWith(Leaks.class)
@Timeout(60)
class OptionKernelTests {
    /** What two sockets that were made alike do not have alike. */
    private static final Set<String> EACH_ITS_OWN =
            Set.of("SO_COOKIE", "SO_INCOMING_CPU", "TCP_INFO", "TCP_TIMESTAMP", "TCP_CC_INFO");

    private static final List<Integer> LEVELS =
            List.of(
                    SocketLevel.SOL_SOCKET,
                    IpProtocol.IPPROTO_IP,
                    IpProtocol.IPPROTO_IPV6,
                    IpProtocol.IPPROTO_TCP,
                    IpProtocol.IPPROTO_UDP,
                    IpProtocol.IPPROTO_UDPLITE,
                    IpProtocol.IPPROTO_ICMPV6,
                    SocketLevel.SOL_RAW,
                    SocketLevel.SOL_PACKET,
                    SocketLevel.SOL_MPTCP);

    /** socket(2)'s parameters. */
    enum Kind {
        TCP(AddressFamily.AF_INET, SocketType.SOCK_STREAM, 0),
        TCP6(AddressFamily.AF_INET6, SocketType.SOCK_STREAM, 0),
        MPTCP(AddressFamily.AF_INET, SocketType.SOCK_STREAM, IpProtocol.IPPROTO_MPTCP),
        UDP(AddressFamily.AF_INET, SocketType.SOCK_DGRAM, 0),
        UDP6(AddressFamily.AF_INET6, SocketType.SOCK_DGRAM, 0),
        RAW(AddressFamily.AF_INET, SocketType.SOCK_RAW, IpProtocol.IPPROTO_ICMP),
        RAW6(AddressFamily.AF_INET6, SocketType.SOCK_RAW, IpProtocol.IPPROTO_ICMPV6),
        PACKET(AddressFamily.AF_PACKET, SocketType.SOCK_RAW, 0),
        UNIX_STREAM(AddressFamily.AF_UNIX, SocketType.SOCK_STREAM, 0),
        UNIX_DGRAM(AddressFamily.AF_UNIX, SocketType.SOCK_DGRAM, 0),
        UNIX_SEQPACKET(AddressFamily.AF_UNIX, SocketType.SOCK_SEQPACKET, 0);

        private final int domain;
        private final int type;
        private final int protocol;

        Kind(int domain, int type, int protocol) {
            this.domain = domain;
            this.type = type;
            this.protocol = protocol;
        }

        private int make(LinuxKernel kernel) {
            SyscallResult made = kernel.socket(domain, type | SocketFlag.SOCK_CLOEXEC, protocol);
            assumeTrue(
                    made instanceof SyscallResult.Success, "no socket " + this + " here: " + made);
            return (int) made.orThrow("socket");
        }
    }

    private final LinuxKernel kernel = new LinuxKernel();

    /** A newer kernel fails here, with the numbers of what is to be added to the catalogue. */
    @ParameterizedTest
    @EnumSource
    void whatThisKernelAnswersHasANameOrIsRefused(Kind kind) {
        int fd = kind.make(kernel);
        List<String> unknown = new ArrayList<>();
        for (int level : LEVELS) {
            for (int optname = 0; optname < 256; optname++) {
                if (isAnswered(fd, level, optname) && !isKnown(level, optname)) {
                    unknown.add(SocketOption.levelText(level) + " " + optname);
                }
            }
        }
        kernel.close(fd);
        assertThat(unknown).isEmpty();
    }

    private boolean isAnswered(int fd, int level, int optname) {
        SyscallResult read = kernel.getsockopt(fd, level, optname, new OutBuffer(4));
        return !(read instanceof SyscallResult.Failure(Errno errno)
                && Set.of("ENOPROTOOPT", "EOPNOTSUPP").contains(errno.name()));
    }

    /** UDP-Lite's options are UDP's too, udp_lib_getsockopt of net/ipv4/udp.c. */
    private static boolean isKnown(int level, int optname) {
        String name = SocketOption.name(level, optname);
        if (name == null && level == IpProtocol.IPPROTO_UDP) {
            name = IpprotoUdplite.NAMES.name(optname);
        }
        try {
            new OptionPolicy(false).judge(level, optname, name, true);
            return name != null;
        } catch (PolicyException _) {
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TCP6", "UDP", "UDP6", "UNIX_STREAM", "UNIX_DGRAM"})
    void anOptionOfASessionIsReadAndSetAsTheKernelHasIt(Kind kind) {
        try (Lab lab = Lab.real()) {
            List<String> compared = new ArrayList<>();
            for (SocketOption option : SocketOption.catalogue().toList()) {
                int there = kind.make(kernel);
                int here = Lab.fd(lab.make(new Call.Socket(kind.domain, kind.type, 0)));
                try {
                    compare(lab, here, there, option);
                    compared.add(option.name());
                } catch (PolicyException _) {
                    // a session on the machine's network may not use it
                } finally {
                    kernel.close(there);
                    lab.make(new Call.Close(here));
                }
            }
            assertThat(compared).contains("SO_RCVBUF", "SO_RCVPRIORITY", "IP_LOCAL_PORT_RANGE");
        }
    }

    private void compare(Lab lab, int here, int there, SocketOption option) {
        OptionValue one = new OptionValue.Scalar(1, Integer.BYTES);
        String name = option.name();
        Call read = new Call.Getsockopt(here, option.level(), option.optname(), null);
        Call set = new Call.Setsockopt(here, option.level(), option.optname(), one);
        assertSame(name, lab.make(read), read(there, option));
        SyscallResult done =
                kernel.setsockopt(there, option.level(), option.optname(), one.toBytes());
        assertThat(lab.make(set)).as("set " + name).isEqualTo(Result.of(done));
        assertSame(name, lab.make(read), read(there, option));
    }

    private Result read(int fd, SocketOption option) {
        OutBuffer optval = new OutBuffer(option.form().optlen());
        int level = option.level();
        int optname = option.optname();
        return kernel.getsockopt(fd, level, optname, optval) instanceof SyscallResult.Failure failed
                ? Result.of(failed)
                : new Result.OptionRead(
                        level, optname, OptionValue.parse(option.form(), optval.bytes()));
    }

    private static void assertSame(String name, Result here, Result there) {
        if (EACH_ITS_OWN.contains(name)) {
            assertThat(here).as(name).hasSameClassAs(there);
        } else {
            assertThat(here).as(name).usingRecursiveComparison().isEqualTo(there);
        }
    }
}
