package dev.socketlab.json.value;

import dev.socketlab.call.OptionValue;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.linux.Structure;
import dev.socketlab.refusal.Reason;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values of options, in the form that their option has. */
public final class OptionValues {
    private static final String WHERE = "/optval";

    private OptionValues() {}

    /**
     * The value to set; as {@code {"data","encoding"}} any option takes its bytes.
     *
     * @throws InvalidRequestException when it has another form
     */
    public static OptionValue read(SocketOption.Named option, JsonNode optval) {
        if (optval.isObject() && optval.has("data")) {
            return raw(optval);
        }
        return switch (SocketOption.form(option.level(), option.optname())) {
            case INT -> new OptionValue.Scalar(integer(optval), Integer.BYTES);
            case UINT -> new OptionValue.Scalar(StructureJson.whole(optval, WHERE), Integer.BYTES);
            case U64 -> {
                if (!optval.isIntegralNumber()
                        || optval.bigIntegerValue().bitLength() > Long.SIZE) {
                    throw expected(Reason.of("expected.bits", Long.SIZE));
                }
                yield new OptionValue.Scalar(optval.bigIntegerValue().longValue(), Long.BYTES);
            }
            case TEXT -> {
                if (!optval.isString()) {
                    throw expected(Reason.of("expected.text"));
                }
                DataEncoding.decode(WHERE, optval.stringValue(), DataEncoding.UTF_8);
                yield new OptionValue.Text(optval.stringValue());
            }
            case LINGER -> struct(Structure.LINGER, optval);
            case TIMEVAL -> struct(Structure.TIMEVAL, optval);
            case UCRED -> struct(Structure.UCRED, optval);
            case MREQ -> group(optval);
            case IPV6_MREQ -> struct(Structure.IPV6_MREQ, optval);
            case TCP_INFO -> new OptionValue.Raw(new byte[Integer.BYTES]);
            case RAW -> {
                if (optval.isIntegralNumber()) {
                    yield new OptionValue.Scalar(integer(optval), Integer.BYTES);
                }
                throw expected(Reason.of("expected.form", "{\"data\",\"encoding\"}"));
            }
        };
    }

    private static OptionValue struct(Structure structure, JsonNode optval) {
        return new OptionValue.Struct(structure, StructureJson.read(structure, optval, WHERE));
    }

    /**
     * struct ip_mreq, struct ip_mreqn; or, for IP_MULTICAST_IF, the address alone, as text or as a
     * number in network byte order.
     */
    private static OptionValue group(JsonNode optval) {
        if (optval.isIntegralNumber()) {
            return new OptionValue.Scalar(integer(optval), Integer.BYTES);
        }
        if (optval.isString()) {
            return SocketAddress.inet(optval.stringValue(), 0)
                    .map(inet -> new OptionValue.InAddr(inet.address()))
                    .orElseThrow(() -> expected(Reason.of("expected.address", "192.0.2.1")));
        }
        if (optval.has("imr_interface")) {
            return struct(Structure.IP_MREQ, optval);
        }
        if (optval.has("imr_ifindex")) {
            return struct(Structure.IP_MREQN, optval);
        }
        throw expected(
                Reason.of(
                        "expected.either",
                        StructureJson.form(Structure.IP_MREQ),
                        StructureJson.form(Structure.IP_MREQN)));
    }

    private static OptionValue raw(JsonNode optval) {
        for (String field : optval.propertyNames()) {
            if (!List.of("data", "encoding").contains(field)) {
                throw new InvalidRequestException(
                        WHERE + "/" + field, Reason.of("json.unknown-field"));
            }
        }
        JsonNode encoding = optval.get("encoding");
        DataEncoding named =
                encoding == null
                        ? DataEncoding.UTF_8
                        : DataEncoding.parameter(encoding.asString(""));
        if (!optval.get("data").isString()) {
            throw new InvalidRequestException(WHERE + "/data", Reason.of("expected.text"));
        }
        return new OptionValue.Raw(
                DataEncoding.decode(WHERE + "/data", optval.get("data").stringValue(), named));
    }

    private static int integer(JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw expected(Reason.of("expected.c-int"));
        }
        return value.intValue();
    }

    private static InvalidRequestException expected(Reason what) {
        return new InvalidRequestException(WHERE, what);
    }

    /** What is answered for a value. */
    public static Object write(OptionValue value, @Nullable DataEncoding encoding) {
        return switch (value) {
            case OptionValue.Scalar(long number, int size) when size == Long.BYTES ->
                    new BigInteger(Long.toUnsignedString(number));
            case OptionValue.Scalar(long number, int _) -> number;
            case OptionValue.InAddr address -> address.text();
            case OptionValue.Text(String text) -> text;
            case OptionValue.Struct(Structure structure, byte[] bytes) -> structure.read(bytes);
            case OptionValue.TcpInformation info -> info.fields();
            case OptionValue.Raw(byte[] bytes) ->
                    CallAnswer.Bytes.of(bytes, encoding == null ? DataEncoding.BASE64 : encoding);
        };
    }
}
