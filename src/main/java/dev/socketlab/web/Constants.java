package dev.socketlab.web;

import dev.socketlab.linux.AddressFamily;
import dev.socketlab.linux.AddrinfoError;
import dev.socketlab.linux.AddrinfoFlag;
import dev.socketlab.linux.ConstantSet;
import dev.socketlab.linux.ControlType;
import dev.socketlab.linux.DescriptorFlag;
import dev.socketlab.linux.EpollEvent;
import dev.socketlab.linux.EpollFlag;
import dev.socketlab.linux.EpollOperation;
import dev.socketlab.linux.ErrorOrigin;
import dev.socketlab.linux.EthernetProtocol;
import dev.socketlab.linux.FcntlCommand;
import dev.socketlab.linux.Ioctl;
import dev.socketlab.linux.IpProtocol;
import dev.socketlab.linux.IpprotoIcmpv6;
import dev.socketlab.linux.IpprotoIp;
import dev.socketlab.linux.IpprotoIpv6;
import dev.socketlab.linux.IpprotoTcp;
import dev.socketlab.linux.IpprotoUdp;
import dev.socketlab.linux.IpprotoUdplite;
import dev.socketlab.linux.MessageFlag;
import dev.socketlab.linux.NameinfoFlag;
import dev.socketlab.linux.PacketType;
import dev.socketlab.linux.PollEvent;
import dev.socketlab.linux.ShutdownHow;
import dev.socketlab.linux.SocketFlag;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.linux.SocketType;
import dev.socketlab.linux.SolPacket;
import dev.socketlab.linux.SolRaw;
import dev.socketlab.linux.SolSocket;
import dev.socketlab.linux.StatusFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The families of constants that requests may name. */
@SuppressWarnings("ImmutableEnumChecker") // a ConstantSet does not change
enum Constants {
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

    ConstantSet names() {
        return names;
    }

    /**
     * The value of a name, or of a number written as text.
     *
     * @throws InvalidRequestException when it is neither
     */
    int value(String where, String text) {
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

    /** The value of a name; that of a packet socket's protocol is in network byte order. */
    OptionalInt find(String name) {
        OptionalInt value = names.value(name);
        if (value.isPresent() || this != PROTOCOL) {
            return value;
        }
        OptionalInt ethernet = EthernetProtocol.NAMES.value(name);
        return ethernet.isPresent()
                ? OptionalInt.of(EthernetProtocol.swapped(ethernet.getAsInt()))
                : ethernet;
    }

    /** The names that are taken. */
    List<String> accepted() {
        List<String> accepted = new ArrayList<>(names.all().keySet());
        if (this == PROTOCOL) {
            accepted.addAll(EthernetProtocol.NAMES.all().keySet());
        }
        return accepted;
    }

    /** What to say of a name that is not one. */
    String unknown(String text) {
        return "unknown constant \""
                + abbreviated(text)
                + "\"; accepted: "
                + String.join(", ", accepted())
                + ", or a number that fits a C int";
    }

    private static String abbreviated(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "…";
    }
}
