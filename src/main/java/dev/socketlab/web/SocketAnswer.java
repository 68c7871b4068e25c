package dev.socketlab.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.NeighbourState;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.inspect.Buffers;
import dev.socketlab.inspect.Queues;
import dev.socketlab.inspect.SocketView;
import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.Routes;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketKind;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of a socket as the kernel has it. What the kernel says nothing of is null. */
public record SocketAnswer(
        @Nullable Integer fd,
        @Nullable String host,
        @Schema(ref = "NameOrNumber") @Nullable Object domain,
        @Schema(ref = "NameOrNumber") @Nullable Object type,
        @Schema(ref = "NameOrNumber") @Nullable Object protocol,
        @Nullable Long inode,
        @Nullable String state,
        @Schema(ref = "Address") @Nullable SocketAddress local,
        @Schema(ref = "Address") @Nullable SocketAddress peer,
        @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> flags,
        Queues queues,
        @Nullable NetstatAnswer netstat,
        Buffers buffers,
        @Schema(ref = "TcpInfo") @Nullable Map<String, Object> tcp,
        @Nullable RouteAnswer route,
        @Nullable NeighbourAnswer neighbour,
        List<WaitingAnswer> waiting) {

    /** Counters by the names that the kernel gives them. */
    record NetstatAnswer(
            @JsonProperty("ListenOverflows") long listenOverflows,
            @JsonProperty("ListenDrops") long listenDrops,
            @JsonProperty("SyncookiesSent") long syncookiesSent,
            @JsonProperty("SyncookiesRecv") long syncookiesRecv,
            @JsonProperty("SyncookiesFailed") long syncookiesFailed,
            @JsonProperty("TCPReqQFullDoCookies") long tcpReqQFullDoCookies,
            @JsonProperty("TCPReqQFullDrop") long tcpReqQFullDrop) {
        static NetstatAnswer of(Netstat.Listening counted) {
            return new NetstatAnswer(
                    counted.listenOverflows(),
                    counted.listenDrops(),
                    counted.syncookiesSent(),
                    counted.syncookiesRecv(),
                    counted.syncookiesFailed(),
                    counted.tcpReqQFullDoCookies(),
                    counted.tcpReqQFullDrop());
        }
    }

    record RouteAnswer(
            String nextHop, @JsonProperty("interface") String device, @Nullable String source) {
        static RouteAnswer of(Routes.Route route) {
            SocketAddress source = route.source();
            return new RouteAnswer(
                    ip(route.nextHop()), route.deviceName(), source == null ? null : ip(source));
        }

        private static String ip(SocketAddress address) {
            return switch (address) {
                case SocketAddress.Inet inet -> inet.text();
                case SocketAddress.Inet6 inet6 -> inet6.text();
                case SocketAddress.Unix _, SocketAddress.Packet _, SocketAddress.Other _ -> "";
            };
        }
    }

    record NeighbourAnswer(@Nullable String mac, String state) {
        static NeighbourAnswer of(Routes.Neighbour neighbour) {
            byte[] lladdr = neighbour.lladdr();
            return new NeighbourAnswer(
                    lladdr == null ? null : HexFormat.ofDelimiter(":").formatHex(lladdr),
                    NeighbourState.name(neighbour.state()));
        }
    }

    record WaitingAnswer(String call, Instant since) {}

    static SocketAnswer of(SocketView view) {
        Netstat.Listening netstat = view.netstat();
        Routes.Route route = view.route();
        Routes.Neighbour neighbour = view.neighbour();
        return new SocketAnswer(
                view.fd(),
                view.host(),
                named(AddressFamily.NAMES, view.domain()),
                named(SocketType.NAMES, view.type()),
                protocol(view),
                view.inode(),
                view.state(),
                view.local(),
                view.peer(),
                StatusFlag.NAMES.flags(view.statusFlags()),
                view.queues(),
                netstat == null ? null : NetstatAnswer.of(netstat),
                view.buffers(),
                view.tcp(),
                route == null ? null : RouteAnswer.of(route),
                neighbour == null ? null : NeighbourAnswer.of(neighbour),
                view.waiting().stream()
                        .map(one ->
                                new WaitingAnswer(
                                        one.call(), one.since().truncatedTo(ChronoUnit.MILLIS)))
                        .toList());
    }

    /** What is no socket is not made as any. */
    private static @Nullable Object named(ConstantSet names, int value) {
        return value == SocketKind.UNKNOWN ? null : names.nameOrNumber(value);
    }

    /** The protocols of other families have no names. */
    private static @Nullable Object protocol(SocketView view) {
        return switch (view.domain()) {
            case AddressFamily.AF_INET, AddressFamily.AF_INET6 ->
                    named(IpProtocol.NAMES, view.protocol());
            default -> view.protocol() == SocketKind.UNKNOWN ? null : (Object) view.protocol();
        };
    }
}
