package dev.socketlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketType;
import dev.socketlab.policy.PolicyException.Rule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SECURITY T10 and T11: which kinds of socket are refused, by name and by number. */
class SocketPolicyTests {
    private static final SocketPolicy OWN = new SocketPolicy(true, List.of());
    private static final SocketPolicy MACHINE = new SocketPolicy(false, List.of());

    /** AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6, AF_PACKET. */
    private static final Set<Integer> FAMILIES = Set.of(0, 1, 2, 10, 17);

    @Test
    void everyFamilyOfLinuxIsJudgedAndNumbersWithoutANameGoToTheKernel() {
        for (int family = 0; family < AddressFamily.AF_MAX; family++) {
            if (FAMILIES.contains(family)) {
                allows(OWN, family, SocketType.SOCK_DGRAM, 0);
            } else {
                refuses(OWN, family, SocketType.SOCK_DGRAM, 0);
                refuses(MACHINE, family, SocketType.SOCK_RAW, 0);
            }
        }
        allows(MACHINE, AddressFamily.AF_MAX, SocketType.SOCK_STREAM, 0);
        allows(MACHINE, -1, SocketType.SOCK_STREAM, 0);
        allows(MACHINE, AddressFamily.AF_INET, 75, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {AddressFamily.AF_INET, AddressFamily.AF_INET6})
    void protocolsThatLinuxNamesAreAListAndRawSocketsMayHaveAny(int domain) {
        for (int protocol : List.of(0, 1, 6, 17, 58, 136, 255, 77)) {
            allows(MACHINE, domain, SocketType.SOCK_DGRAM, protocol);
        }
        for (int protocol :
                List.of(
                        IpProtocol.IPPROTO_SCTP,
                        IpProtocol.IPPROTO_MPTCP,
                        IpProtocol.IPPROTO_SMC,
                        IpProtocol.IPPROTO_DCCP,
                        IpProtocol.IPPROTO_L2TP)) {
            refuses(OWN, domain, SocketType.SOCK_STREAM, protocol);
            refuses(OWN, domain, SocketType.SOCK_SEQPACKET, protocol);
        }
        refuses(OWN, domain, SocketType.SOCK_DCCP, 0);
        allows(OWN, domain, SocketType.SOCK_RAW, IpProtocol.IPPROTO_IGMP);
    }

    @Test
    void rawAndPacketSocketsAreForNetworksOfSessionsOwn() {
        int flags = SocketFlag.SOCK_NONBLOCK | SocketFlag.SOCK_CLOEXEC;
        refuses(MACHINE, AddressFamily.AF_INET, SocketType.SOCK_RAW, 1);
        refuses(MACHINE, AddressFamily.AF_INET6, SocketType.SOCK_RAW | flags, 58);
        refuses(MACHINE, AddressFamily.AF_PACKET, SocketType.SOCK_RAW, 0x0300);
        refuses(MACHINE, AddressFamily.AF_PACKET, SocketType.SOCK_DGRAM, 0);
        refuses(MACHINE, AddressFamily.AF_INET, SocketType.SOCK_PACKET, 0x0300);
        allows(OWN, AddressFamily.AF_INET, SocketType.SOCK_PACKET, 0x0300);
        allows(OWN, AddressFamily.AF_PACKET, SocketType.SOCK_RAW, 0x0300);
        assertThat(OWN.families()).contains("AF_PACKET");
        assertThat(MACHINE.families()).containsExactly("AF_UNIX", "AF_INET", "AF_INET6");
        // refused by the kernel whoever asks, and a datagram socket
        allows(MACHINE, AddressFamily.AF_INET, SocketType.SOCK_RAW, 0);
        allows(MACHINE, AddressFamily.AF_UNIX, SocketType.SOCK_RAW, 0);
    }

    @Test
    void theOperatorAddsFamiliesAndProtocolsAndRawSocketsByName() {
        SocketPolicy more =
                new SocketPolicy(
                        false, List.of("AF_PACKET", "SOCK_RAW", "AF_NETLINK", "IPPROTO_SCTP"));
        allows(more, AddressFamily.AF_PACKET, SocketType.SOCK_RAW, 0x0300);
        allows(more, AddressFamily.AF_INET, SocketType.SOCK_RAW, 1);
        allows(more, AddressFamily.AF_NETLINK, SocketType.SOCK_RAW, 0);
        allows(more, AddressFamily.AF_INET, SocketType.SOCK_SEQPACKET, IpProtocol.IPPROTO_SCTP);
        refuses(more, AddressFamily.AF_VSOCK, SocketType.SOCK_STREAM, 0);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SocketPolicy(true, List.of("AF_WRONG")))
                .withMessageContaining("AF_WRONG");
    }

    private static void allows(SocketPolicy policy, int domain, int type, int protocol) {
        assertThatCode(() -> policy.judge(domain, type, protocol)).doesNotThrowAnyException();
    }

    private static void refuses(SocketPolicy policy, int domain, int type, int protocol) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> policy.judge(domain, type, protocol))
                .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.SOCKET));
    }
}
