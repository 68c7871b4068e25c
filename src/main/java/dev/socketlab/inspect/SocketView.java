package dev.socketlab.inspect;

import dev.socketlab.linux.Netstat;
import dev.socketlab.linux.Routes;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.Waiting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A socket as the kernel has it at a moment. What the kernel says nothing of is null.
 *
 * @param fd its number in the session; null where no descriptor refers to it
 * @param host which of the session's hosts it is on; null on the machine's network
 * @param domain an AddressFamily
 * @param type a SocketType
 * @param protocol an IpProtocol
 * @param inode of the file that its descriptors refer to; null where there is none
 * @param state a TCP socket's or a UNIX socket's, by its name in RFC 9293
 * @param local the address that it is bound to
 * @param peer the address that it is connected to, or connecting
 * @param statusFlags O_NONBLOCK and its kin, without the access mode
 * @param netstat what the kernel counts of all listeners of its network namespace
 * @param tcp TCP_INFO by its field names without tcpi_
 * @param route the way to the peer
 * @param neighbour the next hop's entry in the neighbour table
 * @param waiting the calls that wait for it
 */
public record SocketView(
        @Nullable Integer fd,
        @Nullable String host,
        int domain,
        int type,
        int protocol,
        @Nullable Long inode,
        @Nullable String state,
        @Nullable SocketAddress local,
        @Nullable SocketAddress peer,
        int statusFlags,
        Queues queues,
        Netstat.@Nullable Listening netstat,
        Buffers buffers,
        @Nullable Map<String, Object> tcp,
        Routes.@Nullable Route route,
        Routes.@Nullable Neighbour neighbour,
        List<Waiting> waiting) {}
