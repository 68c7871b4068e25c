package dev.socketlab.linux;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.TcpState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms that conformance cases have for constants, addresses and options, and the C ones. */
final class CaseForms {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Map<String, Integer> NAMES = new HashMap<>();

    static {
        HeaderTests.SETS.forEach(set -> NAMES.putAll(set.all()));
    }

    private final Path directory;

    /**
     * @param directory where UNIX sockets have their names
     */
    CaseForms(Path directory) {
        this.directory = directory;
    }

    /** A name, a number, or several of either or-ed. */
    static int bits(JsonNode node) {
        if (node.isArray()) {
            int mask = 0;
            for (JsonNode one : node) {
                mask |= bits(one);
            }
            return mask;
        }
        return node.isString() ? NAMES.get(node.stringValue()) : node.asInt(0);
    }

    /** The struct sockaddr of an address. */
    byte[] address(JsonNode addr) {
        if (addr.has("path")) {
            Path path = directory.resolve(addr.get("path").stringValue());
            return new SocketAddress.Unix(path.toString().getBytes(StandardCharsets.UTF_8))
                    .toBytes();
        }
        if (addr.has("abstract")) {
            String name = "\0" + addr.get("abstract").stringValue();
            return new SocketAddress.Unix(name.getBytes(StandardCharsets.UTF_8)).toBytes();
        }
        int port = addr.path("port").asInt(0);
        String text = addr.path("address").asString("");
        return switch (bits(addr.get("family"))) {
            case AddressFamily.AF_INET -> SocketAddress.inet(text, port).orElseThrow().toBytes();
            case AddressFamily.AF_INET6 ->
                    SocketAddress.inet6(
                                    text,
                                    port,
                                    addr.path("flowinfo").asInt(0),
                                    addr.path("scope_id").asInt(0))
                            .orElseThrow()
                            .toBytes();
            case AddressFamily.AF_UNIX -> new SocketAddress.Unix(new byte[0]).toBytes();
            default -> new SocketAddress.Other(bits(addr.get("family")), new byte[14]).toBytes();
        };
    }

    /** An address of the kernel, as a case expects it. */
    JsonNode json(SocketAddress address) {
        ObjectNode json = JSON.objectNode();
        switch (address) {
            case null -> {
                return JSON.nullNode();
            }
            case SocketAddress.Inet inet ->
                    json.put("family", "AF_INET")
                            .put("address", inet.text())
                            .put("port", inet.port());
            case SocketAddress.Inet6 inet6 ->
                    json.put("family", "AF_INET6")
                            .put("address", inet6.text())
                            .put("port", inet6.port())
                            .put("scope_id", inet6.scopeId());
            case SocketAddress.Unix unix -> {
                json.put("family", "AF_UNIX");
                String name = new String(unix.path(), StandardCharsets.UTF_8);
                if (unix.isAbstract()) {
                    json.put("abstract", name.substring(1));
                } else if (!name.isEmpty()) {
                    json.put("path", directory.relativize(Path.of(name)).toString());
                }
            }
            case SocketAddress.Packet _, SocketAddress.Other _ ->
                    json.put("family", AddressFamily.NAMES.text(address.family()));
        }
        return json;
    }

    /** How much room the value of an option is given. */
    static int optlen(String option) {
        return switch (option) {
            case "SO_RCVTIMEO", "SO_SNDTIMEO" -> 16;
            case "SO_LINGER" -> 8;
            case "SO_PEERCRED" -> 12;
            case "TCP_CONGESTION", "SO_BINDTODEVICE" -> 256;
            case "TCP_INFO" -> 1;
            default -> 4;
        };
    }

    /** The value of an option, as a case expects it. */
    static JsonNode value(String option, byte[] optval) {
        ByteBuffer bytes = ByteBuffer.wrap(optval).order(ByteOrder.nativeOrder());
        ObjectNode fields = JSON.objectNode();
        return switch (option) {
            case "SO_RCVTIMEO", "SO_SNDTIMEO" ->
                    fields.put("sec", bytes.getLong()).put("usec", bytes.getLong());
            case "SO_LINGER" -> fields.put("onoff", bytes.getInt()).put("linger", bytes.getInt());
            case "SO_PEERCRED" -> fields.put("pid", bytes.getInt());
            case "TCP_CONGESTION", "SO_BINDTODEVICE" ->
                    JSON.stringNode(new String(optval, StandardCharsets.US_ASCII).trim());
            case "TCP_INFO" -> fields.put("state", TcpState.NAMES.name(bytes.get()));
            default -> JSON.numberNode(bytes.remaining() == 1 ? bytes.get() : bytes.getInt());
        };
    }

    /** The bytes of an option that is set. */
    static byte[] optval(JsonNode value) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        if (value.has("onoff")) {
            bytes.putInt(value.get("onoff").intValue()).putInt(value.get("linger").intValue());
        } else if (value.has("sec")) {
            bytes.putLong(value.get("sec").longValue()).putLong(value.get("usec").longValue());
        } else if (value.has("multiaddr")) {
            for (String field : List.of("multiaddr", "interface")) {
                bytes.put(
                        InetText.parse(AddressFamily.AF_INET, value.get(field).stringValue())
                                .orElseThrow());
            }
        } else if (value.isString()) {
            return value.stringValue().getBytes(StandardCharsets.UTF_8);
        } else {
            bytes.putInt(value.intValue());
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static ArrayNode list(List<Object> names) {
        ArrayNode list = JSON.arrayNode();
        names.forEach(name -> list.add(name.toString()));
        return list;
    }
}
