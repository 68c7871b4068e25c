package dev.socketlab.network;

import dev.socketlab.linux.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The hosts file of a session, hosts(5): addresses and the names they have. Immutable. */
public record HostsFile(List<Entry> entries) {
    /** Case does not matter in ASCII, and other letters have none here. */
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

    public HostsFile {
        entries = List.copyOf(entries);
    }

    /**
     * A line.
     *
     * @param address an internet address, port 0
     * @param names the canonical name, then aliases; one at least
     */
    public record Entry(SocketAddress address, List<String> names) {
        public Entry {
            names = List.copyOf(names);
        }

        /** The address as text. */
        public String addressText() {
            return switch (address) {
                case SocketAddress.Inet inet -> inet.text();
                case SocketAddress.Inet6 inet6 -> inet6.text();
                default -> throw new IllegalStateException("a hosts file has internet addresses");
            };
        }

        private boolean has(String name) {
            return ASCII.matcher(name).matches() && names.stream().anyMatch(name::equalsIgnoreCase);
        }
    }

    /** What a network of such hosts begins with. */
    static HostsFile of(List<HostSpec> hosts) {
        List<Entry> entries = new ArrayList<>();
        entries.add(entry("127.0.0.1", "localhost"));
        entries.add(entry("::1", "localhost", "ip6-localhost", "ip6-loopback"));
        for (HostSpec host : hosts) {
            HostSpec.Interface eth0 = host.eth0();
            if (eth0 == null) {
                if (!host.name().equalsIgnoreCase("localhost")) {
                    entries.add(entry("127.0.1.1", host.name()));
                }
            } else {
                entries.add(new Entry(eth0.ipv4().address(), List.of(host.name())));
                InterfaceAddress ipv6 = eth0.ipv6();
                if (ipv6 != null) {
                    entries.add(new Entry(ipv6.address(), List.of(host.name())));
                }
            }
        }
        return new HostsFile(entries);
    }

    /** The address that such a text is, if it is one that a hosts file can have. */
    public static Optional<SocketAddress> address(String text) {
        return SocketAddress.inet(text, 0)
                .<SocketAddress>map(inet -> inet)
                .or(() -> SocketAddress.inet6(text, 0, 0, 0));
    }

    /** The lines that have a name, in their order; case does not matter. */
    List<Entry> lines(String name) {
        return entries.stream().filter(entry -> entry.has(name)).toList();
    }

    /** The canonical name of an address: that of the first line which has it. */
    Optional<String> name(SocketAddress address) {
        return entries.stream()
                .filter(entry -> entry.address().equals(address))
                .map(entry -> entry.names().getFirst())
                .findFirst();
    }

    private static Entry entry(String address, String... names) {
        return new Entry(address(address).orElseThrow(), List.of(names));
    }
}
