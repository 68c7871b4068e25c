package dev.socketlab.network;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.Errno;
import dev.socketlab.abi.NameinfoFlag;
import dev.socketlab.linux.Kernel;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.Netdb.Addrinfo;
import dev.socketlab.linux.Netdb.Answer;
import dev.socketlab.linux.Netdb.Answer.Failed;
import dev.socketlab.linux.Netdb.Answer.Found;
import dev.socketlab.linux.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * getaddrinfo(3) and getnameinfo(3) as a host of a session's own network answers them: names come
 * from the session's hosts file alone, and all else is the C library's, asked on the host, where it
 * sees the host's interfaces and none of the machine's. It is asked for numbers only, so it never
 * asks a name server, nor any other source of names that the machine has.
 */
public final class HostNames {
    /** What getaddrinfo(3) takes hints NULL for. */
    private static final Netdb.Hints NO_HINTS =
            new Netdb.Hints(
                    AddrinfoFlag.AI_V4MAPPED | AddrinfoFlag.AI_ADDRCONFIG,
                    AddressFamily.AF_UNSPEC,
                    0,
                    0);

    private final Kernel kernel;
    private final IsolatedHost host;
    private final HostsFile file;

    HostNames(Kernel kernel, IsolatedHost host, HostsFile file) {
        this.kernel = kernel;
        this.host = host;
        this.file = file;
    }

    /**
     * What getaddrinfo(3) came to.
     *
     * @param numeric whether nothing was looked up in the file
     */
    public record Resolved(Answer<List<Addrinfo>> answer, boolean numeric) {}

    /** The C library answers what is no name, and what is wrong with the rest of the question. */
    Resolved getaddrinfo(
            @Nullable String node, @Nullable String service, Netdb.@Nullable Hints hints) {
        Netdb.Hints asked = hints == null ? NO_HINTS : hints;
        if (node == null) {
            return new Resolved(host.in(() -> Netdb.getaddrinfo(null, service, hints)), true);
        }
        Answer<List<Addrinfo>> numeric = numeric(node, service, asked);
        boolean isName =
                numeric instanceof Failed<List<Addrinfo>>(int eai, Errno _)
                        && eai == AddrinfoError.EAI_NONAME;
        if (!isName || has(asked.flags(), AddrinfoFlag.AI_NUMERICHOST)) {
            return new Resolved(numeric, true);
        }
        return new Resolved(named(node, service, asked, numeric), false);
    }

    private Answer<List<Addrinfo>> named(
            String node,
            @Nullable String service,
            Netdb.Hints asked,
            Answer<List<Addrinfo>> notFound) {
        List<HostsFile.Entry> lines = file.lines(node);
        int mapped = AddrinfoFlag.AI_V4MAPPED | AddrinfoFlag.AI_ALL;
        List<HostsFile.Entry> used = new ArrayList<>();
        List<Addrinfo> found = find(lines, service, asked, ~mapped, used);
        boolean all = found.isEmpty() || has(asked.flags(), AddrinfoFlag.AI_ALL);
        if (asked.family() == AddressFamily.AF_INET6
                && has(asked.flags(), AddrinfoFlag.AI_V4MAPPED)
                && all) {
            List<HostsFile.Entry> ipv4 =
                    lines.stream()
                            .filter(line -> line.address() instanceof SocketAddress.Inet)
                            .toList();
            found.addAll(find(ipv4, service, asked, ~0, used));
        }
        if (found.isEmpty()) {
            return notFound;
        }
        List<Addrinfo> sorted = DestinationOrder.sort(host, kernel, found);
        return new Found<>(
                has(asked.flags(), AddrinfoFlag.AI_CANONNAME)
                        ? withCanonname(sorted, used.getFirst().names().getFirst())
                        : sorted);
    }

    /** What the addresses of lines are to the C library, with some of the flags that are asked. */
    private List<Addrinfo> find(
            List<HostsFile.Entry> lines,
            @Nullable String service,
            Netdb.Hints asked,
            int flags,
            List<HostsFile.Entry> used) {
        Netdb.Hints hints = asked.withFlags(asked.flags() & flags & ~AddrinfoFlag.AI_CANONNAME);
        List<Addrinfo> found = new ArrayList<>();
        for (HostsFile.Entry line : lines) {
            if (numeric(line.addressText(), service, hints)
                    instanceof Found<List<Addrinfo>>(List<Addrinfo> more)) {
                found.addAll(more);
                used.add(line);
            }
        }
        return found;
    }

    private static List<Addrinfo> withCanonname(List<Addrinfo> list, String name) {
        List<Addrinfo> named = new ArrayList<>(list);
        Addrinfo first = named.getFirst();
        named.set(
                0,
                new Addrinfo(
                        first.flags(),
                        first.family(),
                        first.socktype(),
                        first.protocol(),
                        first.addr(),
                        name));
        return named;
    }

    private Answer<List<Addrinfo>> numeric(
            String node, @Nullable String service, Netdb.Hints hints) {
        Netdb.Hints numeric = hints.withFlags(hints.flags() | AddrinfoFlag.AI_NUMERICHOST);
        return host.in(() -> Netdb.getaddrinfo(node, service, numeric));
    }

    /** The name of the first line that has the address, or the number where none has it. */
    Answer<Netdb.Nameinfo> getnameinfo(SocketAddress addr, int flags) {
        if (has(flags, NameinfoFlag.NI_NUMERICHOST)) {
            return host.in(() -> Netdb.getnameinfo(addr, flags));
        }
        int numeric = (flags | NameinfoFlag.NI_NUMERICHOST) & ~NameinfoFlag.NI_NAMEREQD;
        Answer<Netdb.Nameinfo> answer = host.in(() -> Netdb.getnameinfo(addr, numeric));
        if (!(answer instanceof Found<Netdb.Nameinfo>(Netdb.Nameinfo found))) {
            return answer;
        }
        Optional<String> name = name(addr);
        if (name.isEmpty()) {
            return has(flags, NameinfoFlag.NI_NAMEREQD)
                    ? new Failed<>(AddrinfoError.EAI_NONAME, new Errno(0))
                    : answer;
        }
        return new Found<>(new Netdb.Nameinfo(name.get(), found.service()));
    }

    private Optional<String> name(SocketAddress addr) {
        return switch (addr) {
            case SocketAddress.Inet inet -> file.name(new SocketAddress.Inet(inet.address(), 0));
            case SocketAddress.Inet6 inet6 ->
                    file.name(new SocketAddress.Inet6(inet6.high(), inet6.low(), 0, 0, 0));
            case SocketAddress.Unix _, SocketAddress.Packet _, SocketAddress.Other _ ->
                    Optional.empty();
        };
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
