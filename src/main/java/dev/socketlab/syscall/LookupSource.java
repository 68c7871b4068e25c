package dev.socketlab.syscall;

import dev.socketlab.call.Addrinfos.Source;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells where an answer of getaddrinfo(3) came from, as far as the files that the C library reads
 * prove it: hosts(5) and nsswitch.conf(5).
 */
final class LookupSource {
    private final Path hosts;
    private final Path nsswitch;

    LookupSource() {
        this(Path.of("/etc/hosts"), Path.of("/etc/nsswitch.conf"));
    }

    LookupSource(Path hosts, Path nsswitch) {
        this.hosts = hosts;
        this.nsswitch = nsswitch;
    }

    Source of(@Nullable String node, List<Netdb.Addrinfo> res) {
        if (node == null || Netdb.isNumeric(node)) {
            return Source.NUMERIC;
        }
        Set<String> found = new HashSet<>();
        res.forEach(ai -> addressOf(ai).ifPresent(found::add));
        List<String> services = services();
        if (!found.isEmpty() && services.contains("files") && inHosts(node).containsAll(found)) {
            return Source.FILES;
        }
        boolean dnsAlone =
                services.contains("dns")
                        && services.stream().allMatch(s -> s.equals("files") || s.equals("dns"));
        return dnsAlone ? Source.DNS : Source.OTHER;
    }

    private static Optional<String> addressOf(Netdb.Addrinfo ai) {
        return switch (ai.addr()) {
            case SocketAddress.Inet inet -> canonical(inet.text());
            case SocketAddress.Inet6 inet6 -> canonical(inet6.text());
            case null, default -> Optional.empty();
        };
    }

    /** One spelling an address; an IPv4-mapped one is the IPv4 address. */
    private static Optional<String> canonical(String literal) {
        int zone = literal.indexOf('%');
        try {
            return Optional.of(
                    InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(0, zone))
                            .getHostAddress());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Set<String> inHosts(String node) {
        String name = node.toLowerCase(Locale.ROOT);
        Set<String> addresses = new HashSet<>();
        for (String line : lines(hosts)) {
            List<String> words = Arrays.asList(line.toLowerCase(Locale.ROOT).split("\\s+"));
            if (words.lastIndexOf(name) > 0) {
                canonical(words.getFirst()).ifPresent(addresses::add);
            }
        }
        return addresses;
    }

    private List<String> services() {
        for (String line : lines(nsswitch)) {
            if (line.startsWith("hosts:")) {
                String names = line.substring("hosts:".length()).replaceAll("\\[[^]]*]", " ");
                return Arrays.asList(names.trim().split("\\s+"));
            }
        }
        return List.of("files", "dns"); // the C library's own default
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.replaceFirst("#.*", "").trim())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }
}
