package dev.socketlab.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.IpprotoIcmpv6;
import dev.socketlab.abi.IpprotoIp;
import dev.socketlab.abi.IpprotoIpv6;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.IpprotoUdp;
import dev.socketlab.abi.PacketType;
import dev.socketlab.abi.SolMptcp;
import dev.socketlab.abi.SolPacket;
import dev.socketlab.abi.SolRaw;
import dev.socketlab.abi.SolSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The options that the machine's own headers have, against those that are known; {@code CallTests}
 * holds that each of these is in the catalogue or refused with a reason. A newer kernel's headers
 * fail here with what is to be added.
 */
class OptionHeaderTests {
    private static final Path INCLUDE = Path.of("/usr/include");

    /** A header, the names of its options, and the names beside them that are none. */
    enum Header {
        SOCKET("asm-generic/socket.h", "S(O|CM)_", "", SolSocket.NAMES, ControlType.NAMES),
        IN(
                "linux/in.h",
                "(IP|MCAST)_",
                "IP_(PMTUDISC|DEFAULT)_.*|MCAST_(IN|EX)CLUDE",
                IpprotoIp.NAMES),
        IN6(
                "linux/in6.h",
                "IPV6_",
                "IPV6_((FL|PRIORITY|TLV|PMTUDISC|PREFER_SRC|FLOWINFO)_.*|USE_MIN_MTU)",
                IpprotoIpv6.NAMES),
        TCP(
                "linux/tcp.h",
                "TCP_",
                "TCP_(REPAIR_O(N|FF).*|CA_.*|(MD5SIG|RECEIVE_ZEROCOPY)_.*|AO_(MAXKEYLEN|KEYF_.*))",
                IpprotoTcp.NAMES),
        UDP("linux/udp.h", "UDP_", "UDP_ENCAP_.*", IpprotoUdp.NAMES),
        PACKET(
                "linux/if_packet.h",
                "PACKET_",
                "PACKET_((FANOUT|MR)_.*|USER|KERNEL|FASTROUTE)",
                SolPacket.NAMES,
                PacketType.NAMES),
        ICMP("linux/icmp.h", "ICMP_FILTER", "", SolRaw.NAMES),
        ICMPV6("linux/icmpv6.h", "ICMPV6_FILTER", "ICMPV6_FILTER_.*", IpprotoIcmpv6.NAMES),
        MPTCP(
                "linux/mptcp.h",
                "MPTCP_",
                "MPTCP_(PM|EVENT|ATTR|RST|SUBFLOW_FLAG|INFO_FLAG)_.*",
                SolMptcp.NAMES);

        private final Path file;
        private final Pattern line;
        private final Pattern none;
        private final List<ConstantSet> known;

        Header(String file, String options, String none, ConstantSet... known) {
            this.file = INCLUDE.resolve(file);
            this.line =
                    Pattern.compile(
                            "\\s*(?:#\\s*define\\s+)?(%s\\w*)\\s*[=\\s]\\s*(0x[0-9a-fA-F]+|\\d+)\\b.*"
                                    .formatted(options.replace("(", "(?:")));
            this.none = Pattern.compile(none);
            this.known = List.of(known);
        }

        private Map<String, Integer> options() throws IOException {
            Map<String, Integer> options = new TreeMap<>();
            for (String text : Files.readAllLines(file)) {
                Matcher option = line.matcher(text);
                if (option.matches()) {
                    options.put(option.group(1), Integer.decode(option.group(2)));
                }
            }
            return options;
        }

        private boolean knows(Map.Entry<String, Integer> option) {
            return known.stream()
                    .anyMatch(names -> option.getValue().equals(names.all().get(option.getKey())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOptionOfTheHeadersIsKnown(Header header) throws IOException {
        assumeTrue(Files.exists(header.file), header.file + " is not installed");
        Map<String, Integer> options = header.options();

        assertThat(options.entrySet().stream().filter(header::knows))
                .as("the options that were found in %s", header.file)
                .isNotEmpty();
        assertThat(options.entrySet())
                .filteredOn(option -> !header.none.matcher(option.getKey()).matches())
                .as("the options of %s that nobody knows", header.file)
                .allMatch(header::knows);
    }
}
