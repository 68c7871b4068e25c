package dev.socketlab.call;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the catalogue of socket options, which is the table {@code socket-options.txt}. An
 * option that Linux names and that table does not is known by name and number, and refused.
 *
 * @param level such as SOL_SOCKET
 * @param optname the number at that level
 * @param form what its value is in C
 * @param description what it does, in a sentence
 */
public record SocketOption(
        int level, int optname, String name, OptionForm form, String description) {
    /** The names that Linux has at each level of the catalogue. */
    private static final Map<Integer, ConstantSet> NAMES = new LinkedHashMap<>();

    private static final Map<String, Named> BY_NAME = new HashMap<>();
    private static final Map<Named, SocketOption> CATALOGUE = new LinkedHashMap<>();
    private static final Set<String> CLEARED_BY_READING =
            Set.of("SO_ERROR", "TCP_SAVED_SYN", "PACKET_STATISTICS");

    static {
        NAMES.put(SocketLevel.SOL_SOCKET, SolSocket.NAMES);
        NAMES.put(IpProtocol.IPPROTO_TCP, IpprotoTcp.NAMES);
        NAMES.put(IpProtocol.IPPROTO_IP, IpprotoIp.NAMES);
        NAMES.put(IpProtocol.IPPROTO_IPV6, IpprotoIpv6.NAMES);
        NAMES.put(IpProtocol.IPPROTO_UDP, IpprotoUdp.NAMES);
        NAMES.put(IpProtocol.IPPROTO_UDPLITE, IpprotoUdplite.NAMES);
        NAMES.put(IpProtocol.IPPROTO_ICMPV6, IpprotoIcmpv6.NAMES);
        NAMES.put(SocketLevel.SOL_RAW, SolRaw.NAMES);
        NAMES.put(SocketLevel.SOL_PACKET, SolPacket.NAMES);
        NAMES.put(SocketLevel.SOL_MPTCP, SolMptcp.NAMES);
        NAMES.forEach((level, names) ->
                names.all()
                        .forEach((name, optname) ->
                                BY_NAME.putIfAbsent(name, new Named(level, optname))));
        for (OptionTable.Row row : OptionTable.read("/socket-options.txt")) {
            Named option = named(row);
            CATALOGUE.put(
                    option,
                    new SocketOption(
                            option.level(),
                            option.optname(),
                            row.name(),
                            row.form(),
                            row.description()));
        }
    }

    /** Some names are at two levels. */
    private static Named named(OptionTable.Row row) {
        int level =
                SocketLevel.NAMES
                        .value(row.level())
                        .orElseGet(() -> IpProtocol.NAMES.value(row.level()).orElse(-1));
        ConstantSet names = NAMES.get(level);
        OptionalInt optname = names == null ? OptionalInt.empty() : names.value(row.name());
        return new Named(
                level,
                optname.orElseThrow(() ->
                        new IllegalStateException(
                                "Linux has no option " + row.name() + " of " + row.level())));
    }

    /** An option by its level and its number. */
    public record Named(int level, int optname) {}

    /** Whether getsockopt takes the value away, so that reading it changes the socket. */
    public boolean isClearedByReading() {
        return CLEARED_BY_READING.contains(name);
    }

    /** As {@link #isClearedByReading()}, of an option that the catalogue need not have. */
    public static boolean isClearedByReading(Named option) {
        return find(option.level(), option.optname())
                .filter(SocketOption::isClearedByReading)
                .isPresent();
    }

    /** The whole catalogue, in the order of its table: SOL_SOCKET first. */
    public static Stream<SocketOption> catalogue() {
        return CATALOGUE.values().stream();
    }

    /** The catalogue's entry; empty where it has none. */
    public static Optional<SocketOption> find(int level, int optname) {
        return Optional.ofNullable(CATALOGUE.get(new Named(level, optname)));
    }

    /** The form of an option's value; an int where the catalogue has none. */
    public static OptionForm form(int level, int optname) {
        return find(level, optname).map(SocketOption::form).orElse(OptionForm.INT);
    }

    /** The name that Linux has for a number at a level; null where it has none. */
    public static @Nullable String name(int level, int optname) {
        ConstantSet names = NAMES.get(level);
        return names == null ? null : names.name(optname);
    }

    /** The number that a name of Linux has at a level; empty where it has none there. */
    public static OptionalInt number(int level, String name) {
        ConstantSet names = NAMES.get(level);
        return names == null ? OptionalInt.empty() : names.value(name);
    }

    /** The option that has this name, at whichever level. */
    public static Optional<Named> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The name of a level, or its number. */
    public static String levelText(int level) {
        return switch (level) {
            case SocketLevel.SOL_SOCKET -> "SOL_SOCKET";
            case SocketLevel.SOL_RAW -> "SOL_RAW";
            case SocketLevel.SOL_PACKET -> "SOL_PACKET";
            case SocketLevel.SOL_MPTCP -> "SOL_MPTCP";
            default -> IpProtocol.NAMES.text(level);
        };
    }
}
