package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.json.form.ReadForm;
import dev.socketlab.json.form.RecvForm;
import dev.socketlab.json.form.RecvfromForm;
import dev.socketlab.json.form.RecvmsgForm;
import dev.socketlab.json.form.SendForm;
import dev.socketlab.json.form.SendmsgForm;
import dev.socketlab.json.form.SendtoForm;
import dev.socketlab.json.form.WriteForm;
import dev.socketlab.json.value.AddressWord;
import dev.socketlab.json.value.Constants;
import dev.socketlab.json.value.Word;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bytes out and in, and messages; in JSON, or raw as {@code application/octet-stream}, where the
 * other parameters are query parameters and the result is in {@code Socket-Result}.
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

    @PostMapping(path = "/send", consumes = JSON, produces = JSON)
    Made send(Session session, @PathVariable int fd, @RequestBody SendForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @Operation(operationId = "send")
    @PostMapping(path = "/send", consumes = OCTETS, produces = JSON)
    Made sendRaw(
            Session session,
            @PathVariable int fd,
            @RequestParam(required = false) @Nullable List<String> flags,
            @RequestBody(required = false) byte[] body,
            Caller caller) {
        int mask = Constants.MESSAGE_FLAG.mask("flags", flags);
        return api.make(session, new Call.Send(fd, body, mask), caller);
    }

    @PostMapping(path = "/write", consumes = JSON, produces = JSON)
    Made write(Session session, @PathVariable int fd, @RequestBody WriteForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @Operation(operationId = "write")
    @PostMapping(path = "/write", consumes = OCTETS, produces = JSON)
    Made writeRaw(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) byte[] body,
            Caller caller) {
        return api.make(session, new Call.Write(fd, body), caller);
    }

    @PostMapping(
            path = "/recv",
            produces = {JSON, OCTETS})
    Made recv(Session session, @PathVariable int fd, @RequestBody RecvForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping(
            path = "/read",
            produces = {JSON, OCTETS})
    Made read(Session session, @PathVariable int fd, @RequestBody ReadForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping(path = "/sendto", consumes = JSON, produces = JSON)
    Made sendto(
            Session session, @PathVariable int fd, @RequestBody SendtoForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @Operation(operationId = "sendto")
    @PostMapping(path = "/sendto", consumes = OCTETS, produces = JSON)
    Made sendtoRaw(
            Session session,
            @PathVariable int fd,
            @RequestParam(required = false) @Nullable List<String> flags,
            @RequestParam(name = "dest_addr", required = false) @Nullable String destAddr,
            @RequestBody(required = false) byte[] body,
            Caller caller) {
        int mask = Constants.MESSAGE_FLAG.mask("flags", flags);
        SocketAddress to = AddressWord.read(Word.of("dest_addr", destAddr), mapper);
        return api.make(session, new Call.Sendto(fd, body, mask, to), caller);
    }

    @PostMapping(
            path = "/recvfrom",
            produces = {JSON, OCTETS})
    Made recvfrom(
            Session session, @PathVariable int fd, @RequestBody RecvfromForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping(path = "/sendmsg", produces = JSON)
    Made sendmsg(
            Session session, @PathVariable int fd, @RequestBody SendmsgForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping(path = "/recvmsg", produces = JSON)
    Made recvmsg(
            Session session, @PathVariable int fd, @RequestBody RecvmsgForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }
}
