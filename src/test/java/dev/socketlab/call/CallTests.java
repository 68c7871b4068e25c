package dev.socketlab.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoIcmpv6;
import dev.socketlab.abi.IpprotoIp;
import dev.socketlab.abi.IpprotoIpv6;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.IpprotoUdp;
import dev.socketlab.abi.IpprotoUdplite;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SolMptcp;
import dev.socketlab.abi.SolPacket;
import dev.socketlab.abi.SolRaw;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.policy.OptionPolicy;
import dev.socketlab.policy.PolicyException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallTests {
    @Test
    void bytesThatAreUtf8AreTextAndOthersAreBase64() {
        assertThat(DataEncoding.encode("héllo".getBytes(StandardCharsets.UTF_8), null))
                .isEqualTo(new DataEncoding.Encoded("héllo", DataEncoding.UTF_8));
        assertThat(DataEncoding.encode(new byte[] {(byte) 0xff}, null))
                .isEqualTo(new DataEncoding.Encoded("/w==", DataEncoding.BASE64));
        assertThat(DataEncoding.encode(new byte[] {(byte) 0xff}, DataEncoding.UTF_8))
                .isEqualTo(new DataEncoding.Encoded("/w==", DataEncoding.BASE64));
        assertThat(DataEncoding.encode(new byte[] {1, 'a'}, DataEncoding.HEX))
                .isEqualTo(new DataEncoding.Encoded("0161", DataEncoding.HEX));
    }

    @Test
    void whateverIsEncodedDecodesToTheSameBytes() {
        Random random = new Random(20261122);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            for (DataEncoding asked : DataEncoding.values()) {
                DataEncoding.Encoded text = DataEncoding.encode(bytes, asked);
                assertThat(DataEncoding.decode("/data", text.data(), text.encoding()))
                        .isEqualTo(bytes);
            }
        }
    }

    @Test
    void textThatIsNotInItsEncodingIsRefused() {
        assertIsNot(DataEncoding.HEX, "abc");
        assertIsNot(DataEncoding.BASE64, "%");
        assertIsNot(DataEncoding.UTF_8, String.valueOf((char) 0xd800));
    }

    private static void assertIsNot(DataEncoding encoding, String data) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> DataEncoding.decode("/data", data, encoding))
                .withMessageStartingWith("/data: ");
    }

    @Test
    void optionValuesGoToTheKernelAsCHasThem() {
        assertThat(hex(new OptionValue.Scalar(1, 4))).isEqualTo("01000000");
        assertThat(hex(new OptionValue.Scalar(-1, 8))).isEqualTo("ffffffffffffffff");
        assertThat(hex(OptionValue.linger(1, 3))).isEqualTo("0100000003000000");
        assertThat(hex(OptionValue.timeval(2, 5))).isEqualTo("02000000000000000500000000000000");
        assertThat(hex(new OptionValue.Text("cubic"))).isEqualTo("6375626963");
    }

    @Test
    void optionValuesComeBackInTheirForm() {
        OptionValue linger = OptionValue.linger(1, 3);
        OptionValue timeval = OptionValue.timeval(2, 5);
        assertThat(OptionValue.parse(OptionForm.LINGER, linger.toBytes())).isEqualTo(linger);
        assertThat(OptionValue.parse(OptionForm.TIMEVAL, timeval.toBytes())).isEqualTo(timeval);
        assertThat(OptionValue.parse(OptionForm.INT, new byte[] {(byte) 200}))
                .isEqualTo(new OptionValue.Scalar(200, 4));
        assertThat(
                        OptionValue.parse(
                                OptionForm.TEXT, "reno\0\0\0".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new OptionValue.Text("reno"));
        assertThat(OptionValue.parse(OptionForm.LINGER, new byte[3]))
                .isInstanceOf(OptionValue.Raw.class);
    }

    @Test
    void anOptionsNameImpliesItsLevel() {
        assertThat(SocketOption.named("SO_RCVBUF"))
                .hasValue(new SocketOption.Named(SocketLevel.SOL_SOCKET, SolSocket.SO_RCVBUF));
        assertThat(SocketOption.named("TCP_INFO"))
                .hasValue(new SocketOption.Named(IpProtocol.IPPROTO_TCP, IpprotoTcp.TCP_INFO));
        assertThat(SocketOption.named("IPV6_HDRINCL"))
                .hasValue(
                        new SocketOption.Named(IpProtocol.IPPROTO_IPV6, IpprotoIpv6.IPV6_HDRINCL));
        assertThat(SocketOption.named("SO_NONSENSE")).isEmpty();
        assertThat(SocketOption.find(IpProtocol.IPPROTO_TCP, IpprotoTcp.TCP_REPAIR)).isEmpty();
    }

    @Test
    void anOptionThatIsAtTwoLevelsIsRefusedAtBoth() {
        OptionPolicy policy = new OptionPolicy(false);
        for (int level : new int[] {IpProtocol.IPPROTO_IPV6, SocketLevel.SOL_RAW}) {
            String name = SocketOption.name(level, IpprotoIpv6.IPV6_HDRINCL);
            assertThat(name).isEqualTo("IPV6_HDRINCL");
            assertThat(isRefused(policy, level, IpprotoIpv6.IPV6_HDRINCL, name)).isTrue();
        }
    }

    /** Names that Linux has and does nothing with, and one that is a control message's alone. */
    private static final Set<String> NOTHING =
            Set.of(
                    "SO_SECURITY_AUTHENTICATION",
                    "SO_SECURITY_ENCRYPTION_TRANSPORT",
                    "SO_SECURITY_ENCRYPTION_NETWORK",
                    "IPV6_AUTHHDR",
                    "PACKET_RECV_OUTPUT",
                    "PACKET_TX_TIMESTAMP",
                    "IPV6_HOPLIMIT");

    @Test
    void everyOptionOfLinuxIsInTheCatalogueOrRefusedWithAReason() {
        OptionPolicy policy = new OptionPolicy(false);
        Map<Integer, ConstantSet> levels =
                Map.of(
                        SocketLevel.SOL_SOCKET,
                        SolSocket.NAMES,
                        IpProtocol.IPPROTO_TCP,
                        IpprotoTcp.NAMES,
                        IpProtocol.IPPROTO_IP,
                        IpprotoIp.NAMES,
                        IpProtocol.IPPROTO_IPV6,
                        IpprotoIpv6.NAMES,
                        IpProtocol.IPPROTO_UDP,
                        IpprotoUdp.NAMES,
                        IpProtocol.IPPROTO_UDPLITE,
                        IpprotoUdplite.NAMES,
                        IpProtocol.IPPROTO_ICMPV6,
                        IpprotoIcmpv6.NAMES,
                        SocketLevel.SOL_RAW,
                        SolRaw.NAMES,
                        SocketLevel.SOL_PACKET,
                        SolPacket.NAMES,
                        SocketLevel.SOL_MPTCP,
                        SolMptcp.NAMES);
        levels.forEach((level, names) ->
                names.all()
                        .forEach((name, optname) -> {
                            String first = SocketOption.name(level, optname);
                            boolean known = SocketOption.find(level, optname).isPresent();
                            assertThat(known || isRefused(policy, level, optname, first))
                                    .as(name)
                                    .isEqualTo(!NOTHING.contains(first));
                        }));
    }

    private static boolean isRefused(OptionPolicy policy, int level, int optname, String name) {
        try {
            policy.judge(level, optname, name, true);
            return false;
        } catch (PolicyException _) {
            return true;
        }
    }

    @Test
    void everyEntryOfTheCatalogueHasASentence() {
        assertThat(SocketOption.catalogue().map(SocketOption::description))
                .allMatch(sentence -> sentence.endsWith("."))
                .hasSizeGreaterThan(150);
    }

    private static String hex(OptionValue value) {
        return HexFormat.of().formatHex(value.toBytes());
    }
}
