package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.json.Addresses;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.AcceptedTypes;
import dev.socketlab.web.door.ApiPath;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bytes out and in: send, recv, write, read, sendto, recvfrom; in JSON, or raw as {@code
 * application/octet-stream}, where the other parameters are query parameters and the result is in
 * {@code Socket-Result}.
 */
@RestController
@RequestMapping(ApiPath.SESSION + "/sockets/{fd}")
class TransferController {
    private static final String OCTETS = MediaType.APPLICATION_OCTET_STREAM_VALUE;
    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;

    private final Api api;
    private final JsonMapper mapper;

    TransferController(Api api, JsonMapper mapper) {
        this.api = api;
        this.mapper = mapper;
    }

    record SendRequest(
            @Required String data,
            @Nullable DataEncoding encoding,
            @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags) {}

    record RecvRequest(
            @Required long len,
            @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags,
            @Nullable DataEncoding encoding) {}

    record SendtoRequest(
            @Required String data,
            @Nullable DataEncoding encoding,
            @Constant(value = Constants.MESSAGE_FLAG, flags = true) @Nullable Integer flags,
            @Nullable SocketAddress dest_addr) {}

    record WriteRequest(@Required String data, @Nullable DataEncoding encoding) {}

    record ReadRequest(@Required long count, @Nullable DataEncoding encoding) {}

    @PostMapping(path = "/send", consumes = JSON, produces = JSON)
    CallAnswer send(
            Session session,
            @PathVariable int fd,
            @RequestBody SendRequest request,
            Caller caller) {
        byte[] buf = decode(request.data(), request.encoding());
        return api.answer(session, new Call.Send(fd, buf, orZero(request.flags())), caller);
    }

    @Operation(operationId = "send")
    @PostMapping(path = "/send", consumes = OCTETS, produces = JSON)
    CallAnswer sendRaw(
            Session session,
            @PathVariable int fd,
            @RequestParam(required = false) @Nullable List<String> flags,
            @RequestBody(required = false) byte @Nullable [] body,
            Caller caller) {
        return api.answer(session, new Call.Send(fd, orEmpty(body), mask(flags)), caller);
    }

    @PostMapping(path = "/write", consumes = JSON, produces = JSON)
    CallAnswer write(
            Session session,
            @PathVariable int fd,
            @RequestBody WriteRequest request,
            Caller caller) {
        byte[] buf = decode(request.data(), request.encoding());
        return api.answer(session, new Call.Write(fd, buf), caller);
    }

    @Operation(operationId = "write")
    @PostMapping(path = "/write", consumes = OCTETS, produces = JSON)
    CallAnswer writeRaw(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) byte @Nullable [] body,
            Caller caller) {
        return api.answer(session, new Call.Write(fd, orEmpty(body)), caller);
    }

    @PostMapping(
            path = "/recv",
            produces = {JSON, OCTETS})
    Object recv(
            Session session,
            @PathVariable int fd,
            @RequestBody RecvRequest request,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept,
            Caller caller) {
        checkLength("/len", request.len());
        Call call = new Call.Recv(fd, request.len(), orZero(request.flags()));
        return received(session, call, accept, request.encoding(), caller);
    }

    @PostMapping(
            path = "/read",
            produces = {JSON, OCTETS})
    Object read(
            Session session,
            @PathVariable int fd,
            @RequestBody ReadRequest request,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept,
            Caller caller) {
        checkLength("/count", request.count());
        Call call = new Call.Read(fd, request.count());
        return received(session, call, accept, request.encoding(), caller);
    }

    @PostMapping(path = "/sendto", consumes = JSON, produces = JSON)
    CallAnswer sendto(
            Session session,
            @PathVariable int fd,
            @RequestBody SendtoRequest request,
            Caller caller) {
        byte[] buf = decode(request.data(), request.encoding());
        Call call = new Call.Sendto(fd, buf, orZero(request.flags()), request.dest_addr());
        return api.answer(session, call, caller);
    }

    @Operation(operationId = "sendto")
    @PostMapping(path = "/sendto", consumes = OCTETS, produces = JSON)
    CallAnswer sendtoRaw(
            Session session,
            @PathVariable int fd,
            @RequestParam(required = false) @Nullable List<String> flags,
            @RequestParam(name = "dest_addr", required = false) @Nullable String destAddr,
            @RequestBody(required = false) byte @Nullable [] body,
            Caller caller) {
        Call call = new Call.Sendto(fd, orEmpty(body), mask(flags), address(destAddr));
        return api.answer(session, call, caller);
    }

    private static @Nullable SocketAddress address(@Nullable String text) {
        try {
            return text == null ? null : Addresses.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("dest_addr", String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(
            path = "/recvfrom",
            produces = {JSON, OCTETS})
    Object recvfrom(
            Session session,
            @PathVariable int fd,
            @RequestBody RecvRequest request,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept,
            Caller caller) {
        checkLength("/len", request.len());
        Call call = new Call.Recvfrom(fd, request.len(), orZero(request.flags()));
        return received(session, call, accept, request.encoding(), caller);
    }

    private Object received(
            Session session,
            Call call,
            String accept,
            @Nullable DataEncoding encoding,
            Caller caller) {
        Result result = api.make(session, call, caller);
        if (AcceptedTypes.prefers(accept, MediaType.APPLICATION_OCTET_STREAM)
                && result instanceof Result.Received received) {
            return ReceivedAnswer.raw(mapper, call, received);
        }
        return CallAnswer.of(session, call, result, encoding);
    }

    private static byte[] decode(String data, @Nullable DataEncoding encoding) {
        return decode("/data", data, encoding);
    }

    /**
     * The bytes that text stands for.
     *
     * @param where its place in the request
     * @throws InvalidRequestException when it is not in its encoding
     */
    static byte[] decode(String where, String data, @Nullable DataEncoding encoding) {
        try {
            return (encoding == null ? DataEncoding.UTF_8 : encoding).decode(data);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(where, String.valueOf(e.getMessage()));
        }
    }

    private static int mask(@Nullable List<String> flags) {
        int mask = 0;
        for (String list : flags == null ? List.<String>of() : flags) {
            for (String flag : list.split(",")) {
                mask |= Constants.MESSAGE_FLAG.value("flags", flag);
            }
        }
        return mask;
    }

    static void checkLength(String where, long length) {
        if (length < 0) {
            throw new InvalidRequestException(where, length + " is no size_t: it is negative");
        }
    }

    private static int orZero(@Nullable Integer flags) {
        return flags == null ? 0 : flags;
    }

    private static byte[] orEmpty(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }
}
