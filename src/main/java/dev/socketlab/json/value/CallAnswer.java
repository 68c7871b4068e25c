package dev.socketlab.json.value;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.socketlab.linux.SocketAddress;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON bodies of calls that succeed: what C returned, and the out-parameters by their names.
 */
public sealed interface CallAnswer {
    record Returned(long returned) implements CallAnswer {}

    record Opened(long returned, int fd) implements CallAnswer {}

    record Accepted(long returned, int fd, @Schema(ref = "Address") @Nullable SocketAddress addr)
            implements CallAnswer {}

    record Received(long returned, String data, DataEncoding encoding) implements CallAnswer {}

    record ReceivedFrom(
            long returned,
            String data,
            DataEncoding encoding,
            @Schema(ref = "Address") @Nullable SocketAddress src_addr)
            implements CallAnswer {}

    record Message(
            long returned,
            @Schema(ref = "Address") @Nullable SocketAddress msg_name,
            List<Bytes> msg_iov,
            List<ControlAnswer> msg_control,
            @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> msg_flags)
            implements CallAnswer {}

    record Socketpair(long returned, List<Integer> sv) implements CallAnswer {}

    record Value(long returned, int value) implements CallAnswer {}

    record Polled(long returned, List<Pollfd> fds) implements CallAnswer {}

    record Events(long returned, List<EpollEventAnswer> events) implements CallAnswer {}

    record Name(long returned, @Schema(ref = "Address") @Nullable SocketAddress addr)
            implements CallAnswer {}

    record Sockopt(
            long returned,
            String level,
            @Schema(ref = "NameOrNumber") Object optname,
            @Schema(ref = "OptionValue") Object optval)
            implements CallAnswer {}

    record Flags(
            long returned, @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> flags)
            implements CallAnswer {}

    record AddrinfoList(long returned, int id, List<Addrinfo> res, Lookup lookup)
            implements CallAnswer {}

    record Nameinfo(long returned, String host, String service) implements CallAnswer {}

    record Nothing() implements CallAnswer {}

    /** An item of {@link Polled}. */
    record Pollfd(
            int fd, @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> revents) {}

    /** An item of {@link Events}. */
    record EpollEventAnswer(
            @ArraySchema(schema = @Schema(ref = "NameOrNumber")) List<Object> events,
            @Schema(ref = "AnyJson") @JsonRawValue String data) {}

    /** An item of {@link AddrinfoList}. */
    record Addrinfo(
            @Schema(ref = "NameOrNumber") Object family,
            @Schema(ref = "NameOrNumber") Object socktype,
            @Schema(ref = "NameOrNumber") Object protocol,
            @Schema(ref = "Address") @Nullable SocketAddress addr,
            @Nullable String canonname) {}

    /** Where a list of getaddrinfo came from; what cannot be observed is null. */
    record Lookup(
            String source,
            @Nullable String nameserver,
            @Nullable String transport,
            double elapsedMillis) {}

    /** Bytes as text. */
    record Bytes(String data, DataEncoding encoding) {
        /** As {@link DataEncoding#encode}. */
        static Bytes of(byte[] bytes, @Nullable DataEncoding encoding) {
            DataEncoding.Encoded data = DataEncoding.encode(bytes, encoding);
            return new Bytes(data.data(), data.encoding());
        }
    }

    /**
     * A control message that was received: {@code fds}, or the bytes, with what they mean where it
     * is known.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ControlAnswer(
            @Schema(ref = "NameOrNumber") Object level,
            @Schema(ref = "NameOrNumber") Object type,
            @Nullable List<Integer> fds,
            @Nullable String data,
            @Nullable DataEncoding encoding,
            @Schema(ref = "ControlValue") @Nullable Object value) {}
}
