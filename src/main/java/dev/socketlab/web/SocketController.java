package dev.socketlab.web;

import dev.socketlab.abi.AddressFamily;
import dev.socketlab.abi.SocketType;
import dev.socketlab.call.Call;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.network.HostSpec;
import dev.socketlab.network.IsolatedNetwork;
import dev.socketlab.network.MachineNetwork;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sockets and connections: socket, bind, listen, accept, connect, shutdown, close, names. */
@RestController
@RequestMapping(path = ApiPath.SESSION + "/sockets", produces = MediaType.APPLICATION_JSON_VALUE)
class SocketController {
    private static final int DEFAULT_BACKLOG = 128;

    private final Api api;

    SocketController(Api api) {
        this.api = api;
    }

    record SocketRequest(
            @Constant(Constants.ADDRESS_FAMILY) @Nullable Integer domain,
            @Constant(Constants.SOCKET_TYPE) @Nullable Integer type,
            @Constant(Constants.PROTOCOL) @Nullable Integer protocol,
            @Constant(value = Constants.SOCKET_FLAG, flags = true) @Nullable Integer flags,
            @Nullable String host) {}

    record AddressRequest(@Required SocketAddress addr) {}

    record ListenRequest(@Nullable Integer backlog) {}

    record AcceptRequest(
            @Constant(value = Constants.SOCKET_FLAG, flags = true) @Nullable Integer flags) {}

    record ShutdownRequest(@Required @Constant(Constants.SHUTDOWN_HOW) int how) {}

    @PostMapping
    CallAnswer socket(
            Session session,
            @RequestBody(required = false) @Nullable SocketRequest body,
            Caller caller) {
        SocketRequest request =
                body == null ? new SocketRequest(null, null, null, null, null) : body;
        checkHost(session, request.host());
        int type = or(request.type(), SocketType.SOCK_STREAM) | or(request.flags(), 0);
        return api.answer(
                session,
                new Call.Socket(
                        or(request.domain(), AddressFamily.AF_INET),
                        type,
                        or(request.protocol(), 0),
                        request.host()),
                caller);
    }

    @PostMapping("/{fd}/bind")
    CallAnswer bind(
            Session session,
            @PathVariable int fd,
            @RequestBody AddressRequest request,
            Caller caller) {
        return api.answer(session, new Call.Bind(fd, request.addr()), caller);
    }

    @PostMapping("/{fd}/listen")
    CallAnswer listen(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) @Nullable ListenRequest request,
            Caller caller) {
        int backlog = or(request == null ? null : request.backlog(), DEFAULT_BACKLOG);
        return api.answer(session, new Call.Listen(fd, backlog), caller);
    }

    @PostMapping("/{fd}/accept")
    CallAnswer accept(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) @Nullable AcceptRequest request,
            Caller caller) {
        int flags = or(request == null ? null : request.flags(), 0);
        return api.answer(session, new Call.Accept(fd, flags), caller);
    }

    @PostMapping("/{fd}/connect")
    CallAnswer connect(
            Session session,
            @PathVariable int fd,
            @RequestBody AddressRequest request,
            Caller caller) {
        return api.answer(session, new Call.Connect(fd, request.addr()), caller);
    }

    @PostMapping("/{fd}/shutdown")
    CallAnswer shutdown(
            Session session,
            @PathVariable int fd,
            @RequestBody ShutdownRequest request,
            Caller caller) {
        return api.answer(session, new Call.Shutdown(fd, request.how()), caller);
    }

    @DeleteMapping("/{fd}")
    CallAnswer close(Session session, @PathVariable int fd, Caller caller) {
        return api.answer(session, new Call.Close(fd), caller);
    }

    @GetMapping("/{fd}/getsockname")
    CallAnswer getsockname(Session session, @PathVariable int fd, Caller caller) {
        return api.answer(session, new Call.Getsockname(fd), caller);
    }

    @GetMapping("/{fd}/getpeername")
    CallAnswer getpeername(Session session, @PathVariable int fd, Caller caller) {
        return api.answer(session, new Call.Getpeername(fd), caller);
    }

    /** The first host is meant where none is named. */
    static void checkHost(Session session, @Nullable String host) {
        if (host != null && !session.network().hasHost(host)) {
            throw new InvalidRequestException(
                    "/host",
                    switch (session.network()) {
                        case MachineNetwork _ ->
                                "this session is on the machine's network and has no hosts";
                        case IsolatedNetwork isolated ->
                                "this session has no such host; it has "
                                        + String.join(
                                                ", ",
                                                isolated.hosts().stream()
                                                        .map(HostSpec::name)
                                                        .toList());
                    });
        }
    }

    static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
