package dev.socketlab.network;

import dev.socketlab.abi.AddressFamily;
import java.util.List;
import java.util.stream.Stream;

/** A question to getaddrinfo(3), and the addresses that the hosts file has for its name. */
record NameLookup(String name, int family, int flags, List<String> addresses) {
    static NameLookup of(String name, String... addresses) {
        return new NameLookup(name, AddressFamily.AF_UNSPEC, 0, List.of(addresses));
    }

    Stream<HostsFile.Entry> lines() {
        return addresses.stream()
                .map(text -> HostsFile.address(text).orElseThrow())
                .map(address -> new HostsFile.Entry(address, List.of(name)));
    }
}
