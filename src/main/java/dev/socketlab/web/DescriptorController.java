package dev.socketlab.web;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.Ioctl;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Descriptors beside those that socket and accept make: socketpair, dup, dup2; and ioctl. */
@RestController
@RequestMapping(path = ApiPath.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
class DescriptorController {
    private final Api api;

    DescriptorController(Api api) {
        this.api = api;
    }

    record SocketpairRequest(
            @Constant(Constants.ADDRESS_FAMILY) @Nullable Integer domain,
            @Constant(Constants.SOCKET_TYPE) @Nullable Integer type,
            @Constant(Constants.PROTOCOL) @Nullable Integer protocol,
            @Constant(value = Constants.SOCKET_FLAG, flags = true) @Nullable Integer flags) {}

    record DupRequest(@Nullable Integer newfd) {}

    @PostMapping("/socketpairs")
    CallAnswer socketpair(
            Session session,
            @RequestBody(required = false) @Nullable SocketpairRequest body,
            Caller caller) {
        SocketpairRequest request =
                body == null ? new SocketpairRequest(null, null, null, null) : body;
        int type =
                SocketController.or(request.type(), SocketType.SOCK_STREAM)
                        | SocketController.or(request.flags(), 0);
        return api.answer(
                session,
                new Call.Socketpair(
                        SocketController.or(request.domain(), AddressFamily.AF_UNIX),
                        type,
                        SocketController.or(request.protocol(), 0)),
                caller);
    }

    @PostMapping("/sockets/{fd}/dup")
    CallAnswer dup(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) @Nullable DupRequest request,
            Caller caller) {
        Integer newfd = request == null ? null : request.newfd();
        Call call = newfd == null ? new Call.Dup(fd) : new Call.Dup2(fd, newfd);
        return api.answer(session, call, caller);
    }

    /** Requests are those of sockets that give a number; a number is judged as what it names. */
    @GetMapping("/sockets/{fd}/ioctl/{request}")
    CallAnswer ioctl(
            Session session, @PathVariable int fd, @PathVariable String request, Caller caller) {
        return api.answer(session, new Call.Ioctl(fd, request(request)), caller);
    }

    private static int request(String text) {
        OptionalInt named = Ioctl.NAMES.value(text);
        if (named.isPresent()) {
            return named.getAsInt();
        }
        try {
            int number = Integer.decode(text);
            if (Ioctl.NAMES.name(number) != null) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new InvalidRequestException(
                "request", "accepted: " + String.join(", ", Ioctl.NAMES.all().keySet()));
    }
}
