package dev.socketlab.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.call.Addrinfos.Source;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupSourceTests {
    @TempDir Path directory;

    private LookupSource source(String hosts, String nsswitch) throws IOException {
        Path hostsFile = directory.resolve("hosts");
        Path nsswitchFile = directory.resolve("nsswitch.conf");
        Files.writeString(hostsFile, hosts);
        Files.writeString(nsswitchFile, nsswitch);
        return new LookupSource(hostsFile, nsswitchFile);
    }

    private static List<Netdb.Addrinfo> found(String address) {
        SocketAddress addr = SocketAddress.inet(address, 80).orElseThrow();
        return List.of(new Netdb.Addrinfo(0, 2, 1, 6, addr, null));
    }

    @Test
    void itSaysOnlyWhatTheFilesProve() throws IOException {
        LookupSource source =
                source("# x\n127.0.0.1 localhost me.lan # y\n::1 ip6\n", "hosts: files dns\n");
        assertThat(source.of(null, found("127.0.0.1"))).isEqualTo(Source.NUMERIC);
        assertThat(source.of("10.0.0.1", found("10.0.0.1"))).isEqualTo(Source.NUMERIC);
        assertThat(source.of("Me.LAN", found("127.0.0.1"))).isEqualTo(Source.FILES);
        assertThat(source.of("me.lan", found("10.0.0.1"))).isEqualTo(Source.DNS);
        assertThat(source.of("elsewhere", found("10.0.0.1"))).isEqualTo(Source.DNS);
        assertThat(source.of("y", found("127.0.0.1"))).isEqualTo(Source.DNS);
    }

    @Test
    void amongSeveralSourcesItCannotTell() throws IOException {
        LookupSource source =
                source("127.0.0.1 localhost\n", "hosts: files mdns4 [NOTFOUND=return] dns\n");
        assertThat(source.of("localhost", found("127.0.0.1"))).isEqualTo(Source.FILES);
        assertThat(source.of("elsewhere", found("10.0.0.1"))).isEqualTo(Source.OTHER);
    }

    @Test
    void withoutTheFilesTheLibrarysDefaultHolds() {
        LookupSource source =
                new LookupSource(directory.resolve("none"), directory.resolve("none"));
        assertThat(source.of("elsewhere", found("10.0.0.1"))).isEqualTo(Source.DNS);
    }
}
