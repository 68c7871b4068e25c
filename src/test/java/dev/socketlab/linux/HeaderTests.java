package dev.socketlab.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.CloneFlag;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollFlag;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.ErrorOrigin;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.EventfdFlag;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoIcmpv6;
import dev.socketlab.abi.IpprotoIp;
import dev.socketlab.abi.IpprotoIpv6;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.IpprotoUdp;
import dev.socketlab.abi.IpprotoUdplite;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.NameinfoFlag;
import dev.socketlab.abi.NeighbourState;
import dev.socketlab.abi.OpenFlag;
import dev.socketlab.abi.Openat2;
import dev.socketlab.abi.PacketType;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.ProtocolFamily;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolMptcp;
import dev.socketlab.abi.SolPacket;
import dev.socketlab.abi.SolRaw;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.abi.TcpState;
import java.io.IOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.PaddingLayout;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants and layouts against the real headers, as static assertions that a compiler checks. */
class HeaderTests {
    private static final String INCLUDES =
            """
            #define _GNU_SOURCE
            #include <stddef.h>
            #include <errno.h>
            #include <netdb.h>
            #include <fcntl.h>
            #include <poll.h>
            #include <sys/epoll.h>
            #include <sys/eventfd.h>
            #include <sys/ioctl.h>
            #include <sys/socket.h>
            #include <sys/time.h>
            #include <sys/un.h>
            #include <netinet/in.h>
            #include <net/if.h>
            #include <asm/socket.h>
            #include <linux/bpf.h>
            #include <linux/errqueue.h>
            #include <linux/icmp.h>
            #include <linux/icmpv6.h>
            #include <linux/if_ether.h>
            #include <linux/if_packet.h>
            #include <linux/inet_diag.h>
            #include <linux/mptcp.h>
            #include <linux/if_addr.h>
            #include <linux/if_tun.h>
            #include <linux/neighbour.h>
            #include <linux/openat2.h>
            #include <linux/netlink.h>
            #include <linux/rtnetlink.h>
            #include <sched.h>
            #include <linux/sockios.h>
            #include <linux/stat.h>
            #include <linux/tcp.h>
            #include <linux/udp.h>
            #include <linux/unix_diag.h>
            #include <linux/version.h>
            """;

    static final List<ConstantSet> SETS =
            List.of(
                    AddressFamily.NAMES,
                    ProtocolFamily.NAMES,
                    SocketType.NAMES,
                    SocketFlag.NAMES,
                    IpProtocol.NAMES,
                    MessageFlag.NAMES,
                    SocketLevel.NAMES,
                    SolSocket.NAMES,
                    IpprotoTcp.NAMES,
                    IpprotoIp.NAMES,
                    IpprotoIpv6.NAMES,
                    FcntlCommand.NAMES,
                    DescriptorFlag.NAMES,
                    StatusFlag.NAMES,
                    ShutdownHow.NAMES,
                    AddrinfoFlag.NAMES,
                    NameinfoFlag.NAMES,
                    AddrinfoError.NAMES,
                    EventfdFlag.NAMES,
                    CloneFlag.NAMES,
                    OpenFlag.NAMES,
                    Tap.NAMES,
                    NeighbourState.NAMES,
                    Ioctl.NAMES,
                    IpprotoUdp.NAMES,
                    IpprotoUdplite.NAMES,
                    IpprotoIcmpv6.NAMES,
                    SolRaw.NAMES,
                    SolPacket.NAMES,
                    SolMptcp.NAMES,
                    ControlType.NAMES,
                    ErrorOrigin.NAMES,
                    EthernetProtocol.NAMES,
                    PacketType.NAMES,
                    PollEvent.NAMES,
                    EpollEvent.NAMES,
                    EpollOperation.NAMES,
                    EpollFlag.NAMES,
                    Openat2.NAMES);

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"gcc, x86_64", "aarch64-linux-gnu-gcc, aarch64"})
    void constantsAndLayoutsAreThoseOfTheHeaders(String compiler, String machine)
            throws IOException, InterruptedException {
        assumeTrue(exists(compiler), compiler + " is not installed");
        assumeTrue(targets(compiler, machine), compiler + " does not compile for " + machine);
        Path source = directory.resolve(machine + ".c");
        Files.writeString(source, source(machine.equals("x86_64")));

        String output = run(compiler, "-fsyntax-only", "-Wno-deprecated", source.toString());

        assertThat(output).isEmpty();
    }

    private static String source(boolean x86) {
        StringBuilder c = new StringBuilder(INCLUDES);
        SETS.forEach(set -> set.all().forEach((name, value) -> constant(c, name, value)));
        Errno.all().forEach((name, number) -> constant(c, name, number));
        TcpState.NAMES.all().forEach((name, value) -> enumerator(c, "BPF_TCP_" + name, value));
        for (StructLayout layout : Layouts.ALL) {
            boolean epoll = layout.name().orElseThrow().equals("epoll_event");
            structure(c, epoll ? Layouts.epollEvent(x86) : layout);
        }
        for (TcpInfo.Field field : TcpInfo.FIELDS) {
            tcpInfo(c, field);
        }
        return c.toString();
    }

    /** A name newer than the headers, or one that is an enumerator there, is not a macro. */
    private static void constant(StringBuilder c, String name, int value) {
        c.append("#ifdef %s\n".formatted(name));
        enumerator(c, name, value);
        c.append("#endif\n");
    }

    private static void enumerator(StringBuilder c, String name, int value) {
        c.append("_Static_assert((int)(%s) == %d, \"%s\");\n".formatted(name, value, name));
    }

    private static void structure(StringBuilder c, StructLayout layout) {
        String name = layout.name().orElseThrow();
        c.append(
                "_Static_assert(sizeof(struct %s) == %d, \"%s\");\n"
                        .formatted(name, layout.byteSize(), name));
        for (MemoryLayout member : layout.memberLayouts()) {
            if (!(member instanceof PaddingLayout)) {
                String field = member.name().orElseThrow();
                c.append(
                        "_Static_assert(offsetof(struct %s, %s) == %d, \"%s.%s\");\n"
                                .formatted(
                                        name, field, Layouts.offset(layout, field), name, field));
            }
        }
    }

    private static void tcpInfo(StringBuilder c, TcpInfo.Field field) {
        if (field.name().equals("bits")) {
            return;
        }
        c.append("#if LINUX_VERSION_CODE >= KERNEL_VERSION(%s)\n".formatted(since(field.name())));
        c.append(
                "_Static_assert(offsetof(struct tcp_info, tcpi_%s) == %d, \"tcpi_%s\");\n"
                        .formatted(field.name(), field.offset(), field.name()));
        c.append("#endif\n");
    }

    /** The kernel whose headers first had a field. */
    private static String since(String field) {
        return switch (field) {
            case "rcv_wnd", "rehash" -> "6, 2, 0";
            case "total_rto", "total_rto_recoveries", "total_rto_time" -> "6, 7, 0";
            case "received_ce",
                    "delivered_e1_bytes",
                    "delivered_e0_bytes",
                    "delivered_ce_bytes",
                    "received_e1_bytes",
                    "received_e0_bytes",
                    "received_ce_bytes" ->
                    "6, 18, 0";
            default -> "5, 10, 0";
        };
    }

    private boolean exists(String compiler) throws InterruptedException {
        try {
            run(compiler, "--version");
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private boolean targets(String compiler, String machine)
            throws IOException, InterruptedException {
        return run(compiler, "-dumpmachine").startsWith(machine);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
