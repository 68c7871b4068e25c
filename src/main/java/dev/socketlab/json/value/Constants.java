package dev.socketlab.json.value;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.AddrinfoError;
import dev.socketlab.abi.AddrinfoFlag;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.ControlType;
import dev.socketlab.abi.DescriptorFlag;
import dev.socketlab.abi.EpollEvent;
import dev.socketlab.abi.EpollFlag;
import dev.socketlab.abi.EpollOperation;
import dev.socketlab.abi.ErrorOrigin;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.IpProtocol;
import dev.socketlab.abi.IpprotoIcmpv6;
import dev.socketlab.abi.IpprotoIp;
import dev.socketlab.abi.IpprotoIpv6;
import dev.socketlab.abi.IpprotoTcp;
import dev.socketlab.abi.IpprotoUdp;
import dev.socketlab.abi.IpprotoUdplite;
import dev.socketlab.abi.MessageFlag;
import dev.socketlab.abi.NameinfoFlag;
import dev.socketlab.abi.PacketType;
import dev.socketlab.abi.PollEvent;
import dev.socketlab.abi.ProtocolFamily;
import dev.socketlab.abi.ShutdownHow;
import dev.socketlab.abi.SocketFlag;
import dev.socketlab.abi.SocketLevel;
import dev.socketlab.abi.SocketType;
import dev.socketlab.abi.SolMptcp;
import dev.socketlab.abi.SolPacket;
import dev.socketlab.abi.SolRaw;
import dev.socketlab.abi.SolSocket;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.refusal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The families of constants that requests may name. */
@SuppressWarnings("ImmutableEnumChecker") // a ConstantSet does not change
public enum Constants {
    ADDRESS_FAMILY(AddressFamily.NAMES),
    SOCKET_TYPE(SocketType.NAMES),
    SOCKET_FLAG(SocketFlag.NAMES),
    PROTOCOL(IpProtocol.NAMES),
    MESSAGE_FLAG(MessageFlag.NAMES),
    SHUTDOWN_HOW(ShutdownHow.NAMES),
    FCNTL_COMMAND(FcntlCommand.NAMES),
    STATUS_FLAG(StatusFlag.NAMES),
    DESCRIPTOR_FLAG(DescriptorFlag.NAMES),
    ADDRINFO_FLAG(AddrinfoFlag.NAMES),
    NAMEINFO_FLAG(NameinfoFlag.NAMES),
    SOCKET_LEVEL(SocketLevel.NAMES),
    SOL_SOCKET(SolSocket.NAMES),
    IPPROTO_TCP(IpprotoTcp.NAMES),
    IPPROTO_IP(IpprotoIp.NAMES),
    IPPROTO_IPV6(IpprotoIpv6.NAMES),
    IPPROTO_UDP(IpprotoUdp.NAMES),
    IPPROTO_UDPLITE(IpprotoUdplite.NAMES),
    IPPROTO_ICMPV6(IpprotoIcmpv6.NAMES),
    SOL_RAW(SolRaw.NAMES),
    SOL_PACKET(SolPacket.NAMES),
    SOL_MPTCP(SolMptcp.NAMES),
    CONTROL_TYPE(ControlType.NAMES),
    ERROR_ORIGIN(ErrorOrigin.NAMES),
    ETHERNET_PROTOCOL(EthernetProtocol.NAMES),
    PACKET_TYPE(PacketType.NAMES),
    IOCTL(Ioctl.NAMES),
    POLL_EVENT(PollEvent.NAMES),
    EPOLL_EVENT(EpollEvent.NAMES),
    EPOLL_OPERATION(EpollOperation.NAMES),
    EPOLL_FLAG(EpollFlag.NAMES),
    ADDRINFO_ERROR(AddrinfoError.NAMES);

    private final ConstantSet names;

    Constants(ConstantSet names) {
        this.names = names;
    }

    public ConstantSet names() {
        return names;
    }

    /**
     * The value of a name, or of a number written as text.
     *
     * @throws InvalidRequestException when it is neither
     */
    public int value(String where, String text) {
        OptionalInt value = find(text);
        if (value.isPresent()) {
            return value.getAsInt();
        }
        try {
            return Integer.decode(text);
        } catch (NumberFormatException _) {
            throw new InvalidRequestException(where, unknown(text));
        }
    }

    /**
     * The values of a list of names, or-ed together; an element may have several, with commas.
     *
     * @throws InvalidRequestException when one is none
     */
    public int mask(String where, @Nullable List<String> lists) {
        int mask = 0;
        for (String list : lists == null ? List.<String>of() : lists) {
            for (String flag : list.split(",")) {
                mask |= value(where, flag);
            }
        }
        return mask;
    }

    /**
     * The value of a name; that of a packet socket's protocol is in network byte order, and that of
     * a UNIX socket may be its protocol family, unix(7).
     */
    OptionalInt find(String name) {
        OptionalInt value = names.value(name);
        if (value.isPresent() || this != PROTOCOL) {
            return value;
        }
        OptionalInt ethernet = EthernetProtocol.NAMES.value(name);
        return ethernet.isPresent()
                ? OptionalInt.of(EthernetProtocol.swapped(ethernet.getAsInt()))
                : ProtocolFamily.NAMES.value(name);
    }

    /** The names that are taken. */
    public List<String> accepted() {
        List<String> accepted = new ArrayList<>(names.all().keySet());
        if (this == PROTOCOL) {
            accepted.addAll(EthernetProtocol.NAMES.all().keySet());
            accepted.addAll(ProtocolFamily.NAMES.all().keySet());
        }
        return accepted;
    }

    /** What to say of a name that is not one. */
    Reason unknown(String text) {
        return Reason.of("invalid.constant", abbreviated(text), String.join(", ", accepted()));
    }

    private static String abbreviated(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
