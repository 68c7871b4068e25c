package dev.socketlab.json.value;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.refusal.Reason;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.node.ObjectNode;

/** Reads addresses: in short, or as an object whose fields follow from its family. */
final class AddressReader extends ValueDeserializer<SocketAddress> {
    private static final List<String> ALL =
            List.of(
                    "family",
                    "address",
                    "port",
                    "flowinfo",
                    "scope_id",
                    "path",
                    "abstract",
                    "interface",
                    "protocol",
                    "ifindex",
                    "hatype",
                    "pkttype",
                    "data",
                    "encoding");

    /** sockaddr_ll has room for so many bytes of a physical address. */
    private static final int MAX_PHYSICAL = 8;

    /** What follows sa_family in a struct sockaddr. */
    private static final int SA_DATA_SIZE = 14;

    @Override
    public SocketAddress deserialize(JsonParser parser, DeserializationContext context) {
        try {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                return ShortAddress.parse(parser.getString());
            }
            if (context.readTree(parser) instanceof ObjectNode object) {
                return read(new Fields(object));
            }
            throw new Mistake(Reason.of("expected.object"));
        } catch (Mistake e) {
            throw e.in(parser, SocketAddress.class);
        }
    }

    private static SocketAddress read(Fields fields) {
        fields.known(ALL);
        JsonNode family = fields.get("family");
        if (family == null) {
            throw new Mistake(Reason.of("invalid.no-family"));
        }
        int number = fields.constant("family", Constants.ADDRESS_FAMILY, 0);
        return switch (number) {
            case AddressFamily.AF_INET -> inet(fields);
            case AddressFamily.AF_INET6 -> inet6(fields);
            case AddressFamily.AF_UNIX -> unix(fields);
            case AddressFamily.AF_PACKET ->
                    fields.get("data") == null ? packet(fields) : other(number, fields);
            default -> other(number, fields);
        };
    }

    private static SocketAddress inet(Fields fields) {
        has(fields, "address", "port");
        String text = fields.text("address", "0.0.0.0");
        return SocketAddress.inet(text, port(fields))
                .orElseThrow(() -> new Mistake("address", Reason.of("invalid.ipv4", text)));
    }

    private static SocketAddress inet6(Fields fields) {
        has(fields, "address", "port", "flowinfo", "scope_id");
        String text = fields.text("address", "::");
        int flowinfo = fields.uint32("flowinfo");
        int scopeId = fields.uint32("scope_id");
        return SocketAddress.inet6(text, port(fields), flowinfo, scopeId)
                .orElseThrow(() -> new Mistake("address", Reason.of("invalid.ipv6", text)));
    }

    private static int port(Fields fields) {
        int port = fields.integer("port", 0);
        if (port < 0 || port > 65535) {
            throw new Mistake("port", Reason.of("invalid.port", port));
        }
        return port;
    }

    private static SocketAddress unix(Fields fields) {
        has(fields, "path", "abstract", "encoding");
        boolean path = fields.get("path") != null;
        boolean named = fields.get("abstract") != null;
        if (path && named) {
            throw new Mistake(Reason.of("invalid.exclusive", "path", "abstract"));
        }
        if (path) {
            return UnixNames.ofPath(fields.bytes("path"));
        }
        return named
                ? UnixNames.ofAbstract(fields.bytes("abstract"))
                : new SocketAddress.Unix(new byte[0]);
    }

    private static SocketAddress packet(Fields fields) {
        has(fields, "interface", "protocol", "ifindex", "hatype", "pkttype", "address");
        if (fields.get("interface") != null && fields.get("ifindex") != null) {
            throw new Mistake(Reason.of("invalid.exclusive", "interface", "ifindex"));
        }
        return new SocketAddress.Packet(
                fields.uint16(
                        "protocol", fields.constant("protocol", Constants.ETHERNET_PROTOCOL, 0)),
                fields.integer("ifindex", 0),
                fields.get("interface") == null ? null : fields.text("interface", ""),
                fields.uint16("hatype", fields.integer("hatype", 0)),
                fields.constant("pkttype", Constants.PACKET_TYPE, 0) & 0xff,
                physical(fields.text("address", "")));
    }

    /** A physical address, such as {@code 02:00:00:00:00:01}. */
    private static byte[] physical(String text) {
        try {
            byte[] address = HexFormat.ofDelimiter(":").parseHex(text);
            if (address.length <= MAX_PHYSICAL) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new Mistake("address", Reason.of("invalid.physical", text));
    }

    private static SocketAddress other(int family, Fields fields) {
        has(fields, "data", "encoding");
        if (family < 0 || family > 0xffff) {
            throw new Mistake("family", Reason.of("invalid.family", family));
        }
        return new SocketAddress.Other(
                family, fields.get("data") == null ? new byte[SA_DATA_SIZE] : fields.bytes("data"));
    }

    private static void has(Fields fields, String... names) {
        fields.only(List.of(names));
    }
}
