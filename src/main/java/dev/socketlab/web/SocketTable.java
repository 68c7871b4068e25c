package dev.socketlab.web;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.SocketType;
import dev.socketlab.inspect.SocketView;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.SocketKind;
import dev.socketlab.session.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sockets as a table of text, such as ss(8) prints. As there, Recv-Q and Send-Q of a listener are
 * its accept queue and the limit of that, and of other sockets bytes; Syn-Q is the SYN queue. What
 * is not known is a dash.
 */
final class SocketTable {
    private static final List<String> HEADINGS =
            List.of(
                    "Fd",
                    "Netid",
                    "State",
                    "Recv-Q",
                    "Send-Q",
                    "Syn-Q",
                    "Local Address:Port",
                    "Peer Address:Port",
                    "Host",
                    "Waiting");

    private SocketTable() {}

    /** The lines of the table, the headings first. */
    static String of(List<SocketView> views) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        views.forEach(view -> rows.add(row(view)));
        int[] widths = new int[HEADINGS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 1);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<String> row(SocketView view) {
        boolean listening = view.queues().accept().depth() != null;
        return List.of(
                text(view.fd()),
                netid(view),
                text(view.state()),
                text(
                        listening
                                ? view.queues().accept().depth()
                                : view.buffers().receive().queued()),
                text(listening ? view.queues().accept().limit() : view.buffers().send().queued()),
                text(view.queues().syn().depth()),
                address(view.local()),
                address(view.peer()),
                text(view.host()),
                String.join(",", view.waiting().stream().map(Waiting::call).toList()));
    }

    private static String netid(SocketView view) {
        return switch (view.domain()) {
            case AddressFamily.AF_UNIX ->
                    switch (view.type()) {
                        case SocketType.SOCK_STREAM -> "u_str";
                        case SocketType.SOCK_SEQPACKET -> "u_seq";
                        default -> "u_dgr";
                    };
            case AddressFamily.AF_PACKET -> view.type() == SocketType.SOCK_RAW ? "p_raw" : "p_dgr";
            case SocketKind.UNKNOWN -> "epoll";
            default ->
                    view.type() == SocketType.SOCK_RAW
                            ? "raw"
                            : IpProtocol.NAMES
                                    .text(view.protocol())
                                    .replace("IPPROTO_", "")
                                    .toLowerCase(Locale.ROOT);
        };
    }

    private static String address(@Nullable SocketAddress address) {
        return switch (address) {
            case SocketAddress.Inet inet -> inet.text() + ":" + port(inet.port());
            case SocketAddress.Inet6 inet6 ->
                    "["
                            + inet6.text()
                            + (inet6.scopeId() == 0 ? "" : "%" + inet6.scopeId())
                            + "]:"
                            + port(inet6.port());
            case SocketAddress.Unix unix when unix.path().length > 0 -> name(unix);
            case SocketAddress.Packet packet ->
                    EthernetProtocol.NAMES.text(packet.protocol())
                            + ":"
                            + (packet.ifindex() == 0
                                    ? "*"
                                    : Objects.requireNonNullElse(
                                            packet.device(), "if" + packet.ifindex()));
            case null, default -> "-";
        };
    }

    /** Printable, whatever bytes it has. */
    private static String name(SocketAddress.Unix unix) {
        String text = new String(unix.path(), StandardCharsets.UTF_8);
        return text.codePoints()
                .map(c -> c == 0 ? '@' : Character.isISOControl(c) || c == ' ' ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String port(int port) {
        return port == 0 ? "*" : Integer.toString(port);
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "-");
    }
}
