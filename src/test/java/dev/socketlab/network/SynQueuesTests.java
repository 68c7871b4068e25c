package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.abi.TcpState;
import dev.socketlab.linux.SockDiag;
import dev.socketlab.linux.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requests find the listener that the kernel would give them. */
class SynQueuesTests {
    private static final SocketAddress PEER = SocketAddress.inet("127.0.0.9", 4000).orElseThrow();

    private final List<SockDiag.Tcp> listed = new ArrayList<>();
    private final Set<Long> nobodys = new HashSet<>();
    private final Set<Long> unclear = new HashSet<>();
    private long lastCookie;

    private static SocketAddress address(String ip, int port) {
        return ip.contains(":")
                ? SocketAddress.inet6(ip, port, 0, 0).orElseThrow()
                : SocketAddress.inet(ip, port).orElseThrow();
    }

    private SynQueuesTests listener(long inode, String ip, int device, boolean v6only) {
        listed.add(
                new SockDiag.Tcp(
                        TcpState.LISTEN, address(ip, 80), PEER, device, inode, 0, v6only, 0, 5));
        return this;
    }

    private SynQueuesTests listener(long inode, String ip) {
        return listener(inode, ip, 0, false);
    }

    private SynQueuesTests request(String ip, int port, int device) {
        listed.add(
                new SockDiag.Tcp(
                        TcpState.SYN_RECV,
                        address(ip, port),
                        PEER,
                        device,
                        0,
                        ++lastCookie,
                        false,
                        0,
                        0));
        return this;
    }

    private SynQueuesTests request(String ip) {
        return request(ip, 80, 0);
    }

    private Long depth(long inode) {
        return new SynQueues(listed, nobodys, unclear).depth(inode);
    }

    @Test
    void aSpecificAddressComesBeforeTheWildcard() {
        listener(1, "0.0.0.0").listener(2, "127.0.0.1").request("127.0.0.1").request("127.0.0.2");
        assertThat(depth(1)).isEqualTo(1);
        assertThat(depth(2)).isEqualTo(1);
    }

    @Test
    void aListenerOfIpv4ComesBeforeOneOfBoth() {
        listener(1, "::").request("127.0.0.1").request("::1").request("::ffff:127.0.0.1");
        assertThat(depth(1)).isEqualTo(3);
        listener(2, "0.0.0.0");
        assertThat(depth(1)).isEqualTo(1);
        assertThat(depth(2)).isEqualTo(2);
    }

    @Test
    void aListenerOfIpv6AloneTakesNoIpv4() {
        listener(1, "::", 0, true).request("127.0.0.1").request("::1");
        assertThat(depth(1)).isEqualTo(1);
    }

    @Test
    void aListenerOfIpv4TakesNoIpv6() {
        listener(1, "0.0.0.0").request("::1");
        assertThat(depth(1)).isZero();
    }

    @Test
    void anotherPortAndAnotherInterfaceAreOthers() {
        listener(1, "0.0.0.0", 7, false).request("127.0.0.1", 81, 7).request("127.0.0.1");
        assertThat(depth(1)).isZero();
        request("127.0.0.1", 80, 7);
        assertThat(depth(1)).isEqualTo(1);
    }

    @Test
    void aRequestOfALinkLocalPeerHasTheInterfaceThatItCameBy() {
        listener(1, "::").request("fe80::1", 80, 7);
        assertThat(depth(1)).isEqualTo(1);
        listener(2, "::", 7, false);
        assertThat(depth(1)).isZero();
        assertThat(depth(2)).isEqualTo(1);
    }

    @Test
    void whatAClosedListenerHasLeftIsNobodys() {
        listener(1, "127.0.0.1").request("127.0.0.1").request("127.0.0.1");
        nobodys.add(1L);
        assertThat(depth(1)).isEqualTo(1);
        unclear.add(2L);
        assertThat(depth(1)).isNull();
    }

    @Test
    void whoseARequestIsCannotBeToldOfTwoThatShareAnAddress() {
        listener(1, "127.0.0.1").listener(2, "127.0.0.1").listener(3, "0.0.0.0");
        assertThat(depth(1)).isZero();
        request("127.0.0.1").request("127.0.0.2");
        assertThat(depth(1)).isNull();
        assertThat(depth(2)).isNull();
        assertThat(depth(3)).isEqualTo(1);
    }
}
