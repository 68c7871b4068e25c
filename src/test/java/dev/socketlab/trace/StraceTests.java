package dev.socketlab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.call.Call;
import dev.socketlab.call.OptionValue;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import org.junit.jupiter.api.Test;

class StraceTests {
    private static final SocketAddress LOOPBACK = SocketAddress.inet("127.0.0.1", 80).orElseThrow();

    @Test
    void callsReadAsStraceWritesThem() {
        assertThat(Strace.of(new Call.Socket(2, 1 | 0x800, 0)))
                .isEqualTo("socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_IP)");
        assertThat(Strace.of(new Call.Bind(3, LOOPBACK)))
                .isEqualTo("bind(3, {AF_INET, 127.0.0.1:80})");
        assertThat(
                        Strace.of(
                                new Call.Connect(
                                        3, SocketAddress.inet6("::1", 80, 0, 2).orElseThrow())))
                .isEqualTo("connect(3, {AF_INET6, [::1]:80, scope_id=2})");
        assertThat(Strace.of(new Call.Accept(3, 0))).isEqualTo("accept(3)");
        assertThat(Strace.of(new Call.Accept(3, 0x800))).isEqualTo("accept4(3, SOCK_NONBLOCK)");
        assertThat(Strace.of(new Call.Recv(3, 5, 0x42)))
                .isEqualTo("recv(3, 5, MSG_PEEK|MSG_DONTWAIT)");
        assertThat(Strace.of(new Call.Shutdown(3, 9))).isEqualTo("shutdown(3, 9)");
        assertThat(Strace.of(new Call.Fcntl(3, 4, 0x800)))
                .isEqualTo("fcntl(3, F_SETFL, O_NONBLOCK)");
        assertThat(Strace.of(new Call.Setsockopt(3, 1, 13, OptionValue.linger(1, 0))))
                .isEqualTo("setsockopt(3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=0}, 8)");
        assertThat(Strace.of(new Call.Setsockopt(3, 0, 32, new OptionValue.InAddr(0x0a000001))))
                .isEqualTo(
                        "setsockopt(3, IPPROTO_IP, IP_MULTICAST_IF, inet_addr(\"10.0.0.1\"), 4)");
        assertThat(Strace.of(new Call.Getsockopt(3, 6, 999, null)))
                .isEqualTo("getsockopt(3, IPPROTO_TCP, 999)");
        assertThat(Strace.of(new Call.Getaddrinfo("a\"b", null, new Netdb.Hints(1, 2, 1, 6))))
                .isEqualTo(
                        "getaddrinfo(\"a\\\"b\", NULL, {AI_PASSIVE, AF_INET, SOCK_STREAM,"
                                + " IPPROTO_TCP})");
    }

    @Test
    void bytesAreShownAsPrintableAsciiOnOneLineAndCut() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(Strace.of(new Call.Send(4, all, 0)))
                .startsWith("send(4, \"\\000\\001\\002")
                .endsWith("\\037\"..., 256, 0)")
                .matches("[ -~]+");
        assertThat(Strace.of(new Call.Write(4, new byte[] {'a', '\n', (byte) 0xff})))
                .isEqualTo("write(4, \"a\\n\\377\", 3)");
    }

    @Test
    void unixNamesAreShown() {
        assertThat(StraceText.address(new SocketAddress.Unix("x".getBytes())))
                .isEqualTo("{AF_UNIX, \"x\"}");
        assertThat(StraceText.address(new SocketAddress.Unix(new byte[] {0, 'x'})))
                .isEqualTo("{AF_UNIX, @\"x\"}");
        assertThat(StraceText.address(SocketAddress.Other.unspec())).isEqualTo("{AF_UNSPEC}");
    }
}
