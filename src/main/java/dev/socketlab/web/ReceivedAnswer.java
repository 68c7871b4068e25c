package dev.socketlab.web;

import dev.socketlab.abi.MessageFlag;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.json.AddressForm;
import dev.socketlab.json.Addresses;
import dev.socketlab.json.DataEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the calls that receive bytes: in JSON, or the bytes themselves. */
final class ReceivedAnswer {
    private ReceivedAnswer() {}

    /** The result of a receiving call whose bytes are the body. */
    record SocketResult(long returned) {}

    /** That of recvfrom. */
    record SocketResultFrom(long returned, @Nullable AddressForm src_addr) {}

    /** The JSON: what of the message the call asks for. */
    static CallAnswer of(Call call, Result.Received received, @Nullable DataEncoding encoding) {
        if (call instanceof Call.Recvmsg recvmsg) {
            return message(recvmsg, received, encoding);
        }
        DataEncoding.Encoded data = DataEncoding.encode(received.bytes(), encoding);
        return call instanceof Call.Recvfrom
                ? new CallAnswer.ReceivedFrom(
                        received.returned(),
                        data.data(),
                        data.encoding(),
                        Addresses.form(received.with().name()))
                : new CallAnswer.Received(received.returned(), data.data(), data.encoding());
    }

    /** The bytes themselves; a browser is not to take them for a page. */
    static ResponseEntity<byte[]> raw(JsonMapper mapper, Call call, Result.Received received) {
        Object result =
                call instanceof Call.Recvfrom
                        ? new SocketResultFrom(
                                received.returned(), Addresses.form(received.with().name()))
                        : new SocketResult(received.returned());
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header("Socket-Result", mapper.writeValueAsString(result))
                .header("Content-Disposition", "attachment")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(received.bytes());
    }

    private static CallAnswer message(
            Call.Recvmsg call, Result.Received received, @Nullable DataEncoding encoding) {
        List<CallAnswer.Bytes> iov = new ArrayList<>();
        byte[] bytes = received.bytes();
        int at = 0;
        for (long length : call.iovLen()) {
            int end = (int) Math.min(bytes.length, at + length);
            DataEncoding.Encoded data =
                    DataEncoding.encode(Arrays.copyOfRange(bytes, at, end), encoding);
            iov.add(new CallAnswer.Bytes(data.data(), data.encoding()));
            at = end;
        }
        Result.Envelope with = received.with();
        return new CallAnswer.Message(
                received.returned(),
                Addresses.form(with.name()),
                iov,
                with.control().stream().map(ControlItem::answer).toList(),
                MessageFlag.NAMES.flags(with.flags()));
    }
}
