package dev.socketlab.json.value;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.ConstantSet;
import dev.socketlab.abi.EthernetProtocol;
import dev.socketlab.abi.PacketType;
import dev.socketlab.linux.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes an address as an object: its family by name, and the fields that the family has. */
final class AddressWriter extends ValueSerializer<SocketAddress> {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    @Override
    public void serialize(SocketAddress address, JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        named(json, "family", AddressFamily.NAMES, address.family());
        switch (address) {
            case SocketAddress.Inet inet -> {
                json.writeStringProperty("address", inet.text());
                json.writeNumberProperty("port", inet.port());
            }
            case SocketAddress.Inet6 inet6 -> {
                json.writeStringProperty("address", inet6.text());
                json.writeNumberProperty("port", inet6.port());
                json.writeNumberProperty("flowinfo", Integer.toUnsignedLong(inet6.flowinfo()));
                json.writeNumberProperty("scope_id", Integer.toUnsignedLong(inet6.scopeId()));
            }
            case SocketAddress.Unix unix -> unix(json, unix);
            case SocketAddress.Packet packet -> packet(json, packet);
            case SocketAddress.Other other -> {
                DataEncoding.Encoded data = DataEncoding.encode(other.data(), DataEncoding.BASE64);
                json.writeStringProperty("data", data.data());
                json.writeStringProperty("encoding", data.encoding().text());
            }
        }
        json.writeEndObject();
    }

    /** Without a name it is the family alone. */
    private static void unix(JsonGenerator json, SocketAddress.Unix unix) {
        if (unix.path().length == 0) {
            return;
        }
        int skip = unix.isAbstract() ? 1 : 0;
        byte[] name = Arrays.copyOfRange(unix.path(), skip, unix.path().length);
        DataEncoding.Encoded text = DataEncoding.encode(name, null);
        json.writeStringProperty(skip == 0 ? "path" : "abstract", text.data());
        if (text.encoding() != DataEncoding.UTF_8) {
            json.writeStringProperty("encoding", text.encoding().text());
        }
    }

    private static void packet(JsonGenerator json, SocketAddress.Packet packet) {
        json.writeStringProperty("address", COLONS.formatHex(packet.address()));
        if (packet.device() != null) {
            json.writeStringProperty("interface", packet.device());
        }
        named(json, "protocol", EthernetProtocol.NAMES, packet.protocol());
        json.writeNumberProperty("ifindex", packet.ifindex());
        json.writeNumberProperty("hatype", packet.hatype());
        named(json, "pkttype", PacketType.NAMES, packet.pkttype());
    }

    private static void named(JsonGenerator json, String property, ConstantSet names, int value) {
        String name = names.name(value);
        if (name == null) {
            json.writeNumberProperty(property, value);
        } else {
            json.writeStringProperty(property, name);
        }
    }
}
