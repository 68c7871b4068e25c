package dev.socketlab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.socketlab.linux.SocketAddress;
import dev.socketlab.policy.PolicyException.Rule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressPolicyTests {
    private static final EgressPolicy DEFAULT = policy();

    private static EgressPolicy policy(String... allow) {
        return new EgressPolicy(List.of(allow), new OwnPorts());
    }

    private static SocketAddress address(String text, int port) {
        return text.contains(":")
                ? SocketAddress.inet6(text, port, 0, 0).orElseThrow()
                : SocketAddress.inet(text, port).orElseThrow();
    }

    private static void refused(EgressPolicy policy, AddressUse use, SocketAddress address) {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> policy.judge(use, address))
                .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.EGRESS))
                .withMessageContaining("socketlab.egress.allow");
    }

    private static void allowed(EgressPolicy policy, AddressUse use, SocketAddress address) {
        assertThatCode(() -> policy.judge(use, address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.0",
                "127.0.0.1",
                "127.255.255.255",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:7f00:1",
                "::ffff:127.255.255.254"
            })
    void loopbackIsAllowedInEveryForm(String text) {
        for (AddressUse use : AddressUse.values()) {
            allowed(DEFAULT, use, address(text, 80));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // each edge of loopback, and the wildcard
                "126.255.255.255",
                "128.0.0.0",
                "0.0.0.0",
                "0.0.0.1",
                "0.255.255.255",
                "::",
                "::2",
                // private, shared, documentation, public
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "192.0.2.1",
                "198.51.100.1",
                "8.8.8.8",
                "1.1.1.1",
                // link-local, metadata, multicast, reserved, broadcast
                "169.254.0.1",
                "169.254.169.254",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "fe80::1",
                "febf::1",
                "fd00:ec2::254",
                "ff02::1",
                "ff00::",
                // IPv4 inside IPv6: mapped, compatible, SIIT, NAT64, 6to4, Teredo
                "::ffff:0.0.0.0",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:8.8.8.8",
                "::127.0.0.1",
                "::10.0.0.1",
                "::ffff:0:127.0.0.1",
                "::ffff:0:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::7f00:1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001::80ff:fffe",
                "2001:0:1:2:3:4:80ff:fffe",
                // IPv6: unique local, global, documentation
                "fc00::1",
                "fdff:ffff::1",
                "2001:db8::1",
                "2606:4700:4700::1111",
                "::1:0:0:1"
            })
    void everythingElseIsRefusedForEveryUse(String text) {
        for (AddressUse use : AddressUse.values()) {
            refused(DEFAULT, use, address(text, 80));
        }
    }

    @ParameterizedTest
    @EnumSource(AddressUse.class)
    void aListedBlockIsAllowedWithItsPortsAlone(AddressUse use) {
        EgressPolicy policy = policy("10.1.0.0/16:80", "[2001:db8::]/32:8000-8100", "192.0.2.7:*");

        allowed(policy, use, address("10.1.255.255", 80));
        allowed(policy, use, address("::ffff:10.1.2.3", 80));
        allowed(policy, use, address("2001:db8::9", 8000));
        allowed(policy, use, address("2001:db8::9", 8100));
        allowed(policy, use, address("192.0.2.7", 1));
        refused(policy, use, address("10.0.255.255", 80));
        refused(policy, use, address("10.2.0.0", 80));
        refused(policy, use, address("2001:db9::", 8000));
        if (use == AddressUse.ACCEPT || use == AddressUse.RECEIVE) {
            allowed(policy, use, address("10.1.2.3", 54321));
        } else {
            refused(policy, use, address("10.1.2.3", 81));
            refused(policy, use, address("2001:db8::9", 8101));
        }
    }

    @Test
    void noListAllowsWhatIsNeverAllowed() {
        EgressPolicy all = policy("0.0.0.0/0:*", "[::]/0:*");
        allowed(all, AddressUse.CONNECT, address("8.8.8.8", 53));
        allowed(all, AddressUse.CONNECT, address("2606:4700:4700::1111", 53));
        for (String never :
                List.of(
                        "0.0.0.0",
                        "169.254.169.254",
                        "224.0.0.1",
                        "255.255.255.255",
                        "::",
                        "fe80::1",
                        "ff02::1",
                        "fd00:ec2::254",
                        "2002:a9fe:a9fe::",
                        "64:ff9b::a9fe:a9fe",
                        "::ffff:169.254.169.254")) {
            refused(all, AddressUse.CONNECT, address(never, 80));
        }
    }

    @Test
    void anAllowedTunnelAddressMayNotCarryARefusedOne() {
        EgressPolicy policy = policy("[2002::]/16:*", "[64:ff9b::]/96:*");
        refused(policy, AddressUse.CONNECT, address("2002:a00:1::", 80));
        refused(policy, AddressUse.CONNECT, address("64:ff9b::a00:1", 80));
        allowed(policy, AddressUse.CONNECT, address("2002:7f00:1::", 80));
    }

    @Test
    void anyAllowsEveryAddressButTheServicesOwnPorts() {
        OwnPorts own = new OwnPorts();
        own.add(8080);
        EgressPolicy any = new EgressPolicy(List.of("any"), own);
        allowed(any, AddressUse.BIND, address("0.0.0.0", 80));
        allowed(any, AddressUse.CONNECT, address("169.254.169.254", 80));
        for (String text :
                List.of(
                        "127.0.0.1",
                        "127.9.9.9",
                        "0.0.0.0",
                        "::1",
                        "::",
                        "::ffff:127.0.0.1",
                        "::ffff:0.0.0.0")) {
            for (AddressUse use : List.of(AddressUse.BIND, AddressUse.CONNECT, AddressUse.SEND)) {
                assertThatExceptionOfType(PolicyException.class)
                        .isThrownBy(() -> any.judge(use, address(text, 8080)))
                        .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.OWN_PORT));
            }
            allowed(any, AddressUse.CONNECT, address(text, 8081));
        }
        allowed(any, AddressUse.CONNECT, address("192.0.2.1", 8080));
        allowed(any, AddressUse.ACCEPT, address("127.0.0.1", 8080));
    }

    @Test
    void unspecIsTheWildcardToBindAndNoAddressToConnect() {
        SocketAddress unspec = SocketAddress.Other.unspec();
        refused(DEFAULT, AddressUse.BIND, unspec);
        allowed(DEFAULT, AddressUse.CONNECT, unspec);
        allowed(DEFAULT, AddressUse.BIND, new SocketAddress.Unix(new byte[0]));
    }

    @Test
    void whatIsJudgedIsTheBytesThatGoToTheKernel() {
        byte[] outside = SocketAddress.inet("10.0.0.1", 80).orElseThrow().toBytes();
        SocketAddress disguised =
                new SocketAddress.Other(65538, Arrays.copyOfRange(outside, 2, outside.length));
        for (AddressUse use : AddressUse.values()) {
            refused(DEFAULT, use, disguised);
        }
        OwnPorts own = new OwnPorts();
        own.add(8080);
        SocketAddress wildcard = SocketAddress.inet("0.0.0.0", 8080).orElseThrow();
        SocketAddress unspec =
                new SocketAddress.Other(0, Arrays.copyOfRange(wildcard.toBytes(), 2, 16));
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(
                        () -> new EgressPolicy(List.of("any"), own).judge(AddressUse.BIND, unspec))
                .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.OWN_PORT));
    }

    @Test
    void theRefusalOfAnImplicitBindSaysToBindFirst() {
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> DEFAULT.judge(AddressUse.IMPLICIT_BIND, address("0.0.0.0", 0)))
                .withMessageContaining("bind it to 127.0.0.1 or ::1 first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "10.0.0.0/33:80",
                "10.0.0.1/8:80",
                "x:80",
                "10.0.0.0/8:x",
                "10.0.0.0/8:65536",
                "10.0.0.0/8:90-80",
                "2001:db8::1:80",
                "",
                ":80",
                "*:80"
            })
    void anEntryThatIsNotCidrAndPortsIsRefusedAtStart(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> policy(entry));
    }

    @Test
    void optionsAreJudgedByTheNameOfTheirNumber() {
        OptionPolicy host = new OptionPolicy(false);
        assertThatCode(() -> host.judge(1, 2, "SO_REUSEADDR", true)).doesNotThrowAnyException();
        assertThatCode(() -> host.judge(1, 9999, null, false)).doesNotThrowAnyException();
        assertThatCode(() -> host.judge(0, -1, null, false)).doesNotThrowAnyException();
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> host.judge(1, 36, "SO_MARK", true));
        assertThatCode(() -> new OptionPolicy(true).judge(1, 36, "SO_MARK", true))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(PolicyException.class)
                .isThrownBy(() -> new OptionPolicy(true).judge(6, 19, "TCP_REPAIR", false));
        for (int registered : List.of(64, 96, 128, 200, 1152)) {
            assertThatExceptionOfType(PolicyException.class)
                    .isThrownBy(() -> new OptionPolicy(true).judge(0, registered, null, false));
            assertThatExceptionOfType(PolicyException.class)
                    .isThrownBy(() -> new OptionPolicy(true).judge(41, registered, null, false));
        }
    }
}
