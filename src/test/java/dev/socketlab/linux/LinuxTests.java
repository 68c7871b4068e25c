package dev.socketlab.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.abi.TcpState;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, addresses and structures, without a kernel. */
class LinuxTests {
    @Test
    void aValueWithTwoNamesIsCalledByTheFirst() {
        assertThat(AddressFamily.NAMES.name(1)).isEqualTo("AF_UNIX");
        assertThat(AddressFamily.NAMES.value("AF_LOCAL")).hasValue(1);
        assertThat(SolSocket.NAMES.name(20)).isEqualTo("SO_RCVTIMEO");
        assertThat(SolSocket.NAMES.name(26)).isEqualTo("SO_ATTACH_FILTER");
        assertThat(IpProtocol.NAMES.name(0)).isEqualTo("IPPROTO_IP");
    }

    @Test
    void aMaskIsTakenApartIntoNamesAndOneNumberForTheRest() {
        assertThat(MessageFlag.NAMES.flags(0x42)).containsExactly("MSG_PEEK", "MSG_DONTWAIT");
        assertThat(StatusFlag.NAMES.flags(0x802)).containsExactly("O_RDWR", "O_NONBLOCK");
        assertThat(DescriptorFlag.NAMES.flags(6)).containsExactly(6);
        assertThat(MessageFlag.NAMES.maskText(0)).isEqualTo("0");
        assertThat(MessageFlag.NAMES.maskText(0x42)).isEqualTo("MSG_PEEK|MSG_DONTWAIT");
    }

    @Test
    void anErrnoHasItsNameAndTheLibrarysWords() {
        assertThat(new Errno(98).name()).isEqualTo("EADDRINUSE");
        assertThat(Strerror.of(new Errno(98))).isEqualTo("Address already in use");
        assertThat(Errno.EAGAIN.name()).isEqualTo("EAGAIN");
        assertThat(new Errno(4711).name()).isEqualTo("4711");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 8080, 02001f907f0000010000000000000000",
        "0.0.0.0, 0, 02000000000000000000000000000000",
        "255.255.255.255, 65535, 0200ffffffffffff0000000000000000",
    })
    void anIpv4AddressIsASockaddrIn(String text, int port, String bytes) {
        SocketAddress address = SocketAddress.inet(text, port).orElseThrow();

        assertThat(HexFormat.of().formatHex(address.toBytes())).isEqualTo(bytes);
        assertThat(SocketAddress.parse(address.toBytes())).isEqualTo(address);
        assertThat(((SocketAddress.Inet) address).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "::1, ::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "::ffff:127.0.0.1, ::ffff:127.0.0.1",
        "fe80::1, fe80::1",
    })
    void anIpv6AddressIsASockaddrIn6(String text, String canonical) {
        SocketAddress.Inet6 address = SocketAddress.inet6(text, 80, 0x12345, 7).orElseThrow();

        assertThat(address.text()).isEqualTo(canonical);
        assertThat(address.toBytes()).hasSize(28);
        assertThat(HexFormat.of().formatHex(address.toBytes(), 2, 8)).isEqualTo("005000012345");
        assertThat(SocketAddress.parse(address.toBytes())).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"127.1", "1.2.3.4.5", "256.0.0.1", "localhost", "''", "0x7f.0.0.1"})
    void whatInetPtonDoesNotTakeIsNoAddress(String text) {
        assertThat(SocketAddress.inet(text, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({":::1", "::1%lo", "1::2::3", "127.0.0.1"})
    void whatInetPtonDoesNotTakeIsNoIpv6Address(String text) {
        assertThat(SocketAddress.inet6(text, 0, 0, 0)).isEmpty();
    }

    @Test
    void aUnixAddressKeepsThePathAsGiven() {
        SocketAddress.Unix path = new SocketAddress.Unix("a.sock".getBytes());
        SocketAddress.Unix unnamed = new SocketAddress.Unix(new byte[0]);
        SocketAddress.Unix hidden = new SocketAddress.Unix(new byte[] {0, 'x'});

        assertThat(path.toBytes()).hasSize(2 + 6 + 1);
        assertThat(unnamed.toBytes()).hasSize(2);
        assertThat(hidden.toBytes()).hasSize(4);
        assertThat(hidden.isAbstract()).isTrue();
        assertThat(SocketAddress.parse(path.toBytes()))
                .isInstanceOfSatisfying(
                        SocketAddress.Unix.class,
                        parsed -> assertThat(parsed.path()).isEqualTo("a.sock".getBytes()));
    }

    @Test
    void tooFewBytesAreNoAddress() {
        assertThat(SocketAddress.parse(new byte[0])).isNull();
        assertThat(SocketAddress.parse(new byte[] {2})).isNull();
        assertThat(SocketAddress.parse(new byte[] {2, 0, 1}))
                .isInstanceOf(SocketAddress.Other.class);
    }

    @Test
    void tcpInfoIsReadAsFarAsTheKernelFillsIt() {
        byte[] bytes = new byte[16];
        bytes[0] = TcpState.SYN_SENT;
        bytes[6] = (byte) 0xa7;
        bytes[7] = 0b101;
        bytes[8] = 1;

        assertThat(TcpInfo.parse(bytes))
                .containsEntry("state", "SYN_SENT")
                .containsEntry("snd_wscale", 7)
                .containsEntry("rcv_wscale", 10)
                .containsEntry("delivery_rate_app_limited", 1)
                .containsEntry("fastopen_client_fail", 2)
                .containsKeys("rto", "ato")
                .doesNotContainKey("snd_mss");
    }

    @Test
    void whatANewerKernelAddsToTcpInfoIsKeptWithoutAName() {
        int named = TcpInfo.FIELDS.getLast().offset() + TcpInfo.FIELDS.getLast().size();
        byte[] bytes = new byte[named + 2];
        bytes[named] = 0x1f;
        assertThat(TcpInfo.parse(bytes)).containsEntry("unnamed", "1f00");
        assertThat(TcpInfo.parse(Arrays.copyOf(bytes, named)))
                .doesNotContainKey("unnamed")
                .containsKey("received_ce_bytes");
    }

    @Test
    void statesHaveTheirNamesOfTheRfc() {
        Set<String> names =
                TcpState.NAMES.all().values().stream()
                        .map(TcpState::rfcName)
                        .collect(Collectors.toSet());
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "LISTEN",
                        "SYN-SENT",
                        "SYN-RECEIVED",
                        "ESTABLISHED",
                        "FIN-WAIT-1",
                        "FIN-WAIT-2",
                        "CLOSE-WAIT",
                        "CLOSING",
                        "LAST-ACK",
                        "TIME-WAIT",
                        "CLOSED");
        assertThat(TcpState.rfcName(99)).isEqualTo("99");
    }

    @Test
    void countersAreReadByTheirNames() {
        assertThat(
                        Netstat.counters(
                                """
                                TcpExt: SyncookiesSent ListenOverflows New
                                TcpExt: 1 22 333
                                IpExt: InNoRoutes
                                IpExt: 7
                                """))
                .isEqualTo(Map.of("SyncookiesSent", 1L, "ListenOverflows", 22L, "New", 333L));
        assertThat(Netstat.counters("")).isEmpty();
    }

    @Test
    void anIpv4MappedAddressIsTheIpv4One() {
        assertThat(SocketAddress.inet6("::ffff:10.0.0.7", 80, 0, 0).orElseThrow().unmapped())
                .isEqualTo(SocketAddress.inet("10.0.0.7", 80).orElseThrow());
        SocketAddress other = SocketAddress.inet6("fd00::1", 80, 0, 0).orElseThrow();
        assertThat(other.unmapped()).isSameAs(other);
        assertThat(SocketAddress.ofIp(other.ip(), 80)).isEqualTo(other);
    }

    @Test
    void otherSystemsAreRefusedInOneLine() {
        assertThat(Platform.unsupported("Linux", "amd64")).isEmpty();
        assertThat(Platform.unsupported("Linux", "aarch64")).isEmpty();
        assertThat(Platform.unsupported("Mac OS X", "aarch64"))
                .hasValueSatisfying(
                        line -> assertThat(line).contains("Mac OS X").doesNotContain("\n"));
        assertThat(Platform.unsupported("Linux", "riscv64")).isPresent();
    }
}
