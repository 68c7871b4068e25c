package dev.socketlab.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socketlab.abi.AddressFamily;
import dev.socketlab.linux.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An address as an object; which fields it has follows from the family. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddressForm(
        @Constant(Constants.ADDRESS_FAMILY) @Nullable Integer family,
        @Nullable String address,
        @Nullable Integer port,
        @Nullable Long flowinfo,
        @Nullable Long scope_id,
        @Nullable String path,
        @JsonProperty("abstract") @Nullable String abstractName,
        @JsonProperty("interface") @Nullable String device,
        @Constant(Constants.ETHERNET_PROTOCOL) @Nullable Integer protocol,
        @Nullable Integer ifindex,
        @Nullable Integer hatype,
        @Constant(Constants.PACKET_TYPE) @Nullable Integer pkttype,
        @Nullable String data,
        @Nullable DataEncoding encoding) {
    static AddressForm of(int family) {
        return new AddressForm(
                family, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    static AddressForm ip(
            int family, String text, int port, @Nullable Long flow, @Nullable Long scope) {
        return new AddressForm(
                family, text, port, flow, scope, null, null, null, null, null, null, null, null,
                null);
    }

    static AddressForm unix(
            @Nullable String path, @Nullable String abstractName, @Nullable DataEncoding encoding) {
        return new AddressForm(
                AddressFamily.AF_UNIX,
                null,
                null,
                null,
                null,
                path,
                abstractName,
                null,
                null,
                null,
                null,
                null,
                null,
                encoding);
    }

    static AddressForm packet(SocketAddress.Packet packet) {
        return new AddressForm(
                packet.family(),
                PacketAddresses.text(packet.address()),
                null,
                null,
                null,
                null,
                null,
                packet.device(),
                packet.protocol(),
                packet.ifindex(),
                packet.hatype(),
                packet.pkttype(),
                null,
                null);
    }

    static AddressForm other(int family, DataEncoding.Encoded data) {
        return new AddressForm(
                family,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                data.data(),
                data.encoding());
    }

    /** What is wrong with it is said by {@link IllegalArgumentException}. */
    public SocketAddress toAddress() {
        if (family == null) {
            throw new IllegalArgumentException(
                    "an address needs a family, such as {\"family\":\"AF_INET\","
                            + "\"address\":\"127.0.0.1\",\"port\":8080}");
        }
        return switch (family) {
            case AddressFamily.AF_INET -> inet();
            case AddressFamily.AF_INET6 -> inet6();
            case AddressFamily.AF_UNIX -> unix();
            case AddressFamily.AF_PACKET ->
                    data == null ? packet() : other(AddressFamily.AF_PACKET);
            default -> other(family);
        };
    }

    private SocketAddress inet() {
        only(List.of("address", "port"));
        String text = address == null ? "0.0.0.0" : address;
        return SocketAddress.inet(text, checkedPort())
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + text + "\" is not an IPv4 address"));
    }

    private SocketAddress inet6() {
        only(List.of("address", "port", "flowinfo", "scope_id"));
        String text = address == null ? "::" : address;
        return SocketAddress.inet6(
                        text,
                        checkedPort(),
                        unsigned("flowinfo", flowinfo),
                        unsigned("scope_id", scope_id))
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + text + "\" is not an IPv6 address"));
    }

    private SocketAddress unix() {
        only(List.of("path", "abstract", "encoding"));
        if (path != null && abstractName != null) {
            throw new IllegalArgumentException("path and abstract exclude each other");
        }
        if (path != null) {
            return Addresses.unixPath(bytes(path));
        }
        return abstractName == null
                ? new SocketAddress.Unix(new byte[0])
                : Addresses.unixAbstract(bytes(abstractName));
    }

    private SocketAddress packet() {
        only(List.of("interface", "protocol", "ifindex", "hatype", "pkttype", "address"));
        if (device != null && ifindex != null) {
            throw new IllegalArgumentException("interface and ifindex exclude each other");
        }
        return new SocketAddress.Packet(
                uint16("protocol", protocol),
                ifindex == null ? 0 : ifindex,
                device,
                uint16("hatype", hatype),
                pkttype == null ? 0 : pkttype & 0xff,
                PacketAddresses.parse(address == null ? "" : address));
    }

    private static int uint16(String name, @Nullable Integer number) {
        if (number != null && (number < 0 || number > 0xffff)) {
            throw new IllegalArgumentException(name + " " + number + " does not fit 16 bits");
        }
        return number == null ? 0 : number;
    }

    private SocketAddress other(int family) {
        only(List.of("data", "encoding"));
        if (family < 0 || family > 0xffff) {
            throw new IllegalArgumentException("family " + family + " does not fit sa_family_t");
        }
        return data == null
                ? new SocketAddress.Other(family, new byte[14])
                : new SocketAddress.Other(family, bytes(data));
    }

    private byte[] bytes(String text) {
        return (encoding == null ? DataEncoding.UTF_8 : encoding).decode(text);
    }

    private int checkedPort() {
        int given = port == null ? 0 : port;
        if (given < 0 || given > 65535) {
            throw new IllegalArgumentException("port " + given + " is not 0 to 65535");
        }
        return given;
    }

    private void only(List<String> fields) {
        refuse(fields, "address", address);
        refuse(fields, "port", port);
        refuse(fields, "flowinfo", flowinfo);
        refuse(fields, "scope_id", scope_id);
        refuse(fields, "path", path);
        refuse(fields, "abstract", abstractName);
        refuse(fields, "interface", device);
        refuse(fields, "protocol", protocol);
        refuse(fields, "ifindex", ifindex);
        refuse(fields, "hatype", hatype);
        refuse(fields, "pkttype", pkttype);
        refuse(fields, "data", data);
        refuse(fields, "encoding", encoding);
    }

    private static void refuse(List<String> fields, String name, @Nullable Object value) {
        if (value != null && !fields.contains(name)) {
            throw new IllegalArgumentException(
                    "an address of this family has no "
                            + name
                            + "; it has family, "
                            + String.join(", ", fields));
        }
    }

    private static int unsigned(String name, @Nullable Long number) {
        if (number != null && (number < 0 || number > 0xffffffffL)) {
            throw new IllegalArgumentException(name + " " + number + " does not fit a uint32_t");
        }
        return number == null ? 0 : number.intValue();
    }
}
