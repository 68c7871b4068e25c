package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.linux.Netdb;
import dev.socketlab.linux.SocketAddress;
import dev.socketlab.session.Caller;
import dev.socketlab.session.NotFoundException;
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

/** Names and addresses: getaddrinfo, freeaddrinfo, getnameinfo. */
@RestController
@RequestMapping(path = ApiPath.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
public class NameController {
    private final Api api;

    NameController(Api api) {
        this.api = api;
    }

    public record Hints(
            @Constant(Constants.ADDRESS_FAMILY) @Nullable Integer family,
            @Constant(Constants.SOCKET_TYPE) @Nullable Integer socktype,
            @Constant(Constants.PROTOCOL) @Nullable Integer protocol,
            @Constant(value = Constants.ADDRINFO_FLAG, flags = true) @Nullable Integer flags) {}

    record GetaddrinfoRequest(
            @Nullable String node,
            @Nullable String service,
            @Nullable Hints hints,
            @Nullable String host) {}

    record GetnameinfoRequest(
            @Required SocketAddress addr,
            @Constant(value = Constants.NAMEINFO_FLAG, flags = true) @Nullable Integer flags) {}

    @PostMapping("/getaddrinfo")
    CallAnswer getaddrinfo(
            Session session, @RequestBody GetaddrinfoRequest request, Caller caller) {
        SocketController.checkHost(session, request.host());
        checkNoNul("/node", request.node());
        checkNoNul("/service", request.service());
        Call call =
                new Call.Getaddrinfo(
                        request.node(), request.service(), hints(request.hints()), request.host());
        return api.answer(session, call, caller);
    }

    @GetMapping("/addrinfo/{id}")
    CallAnswer readAddrinfo(Session session, @PathVariable int id) {
        return session.addrinfo(id)
                .map(list -> CallAnswer.list(list, null))
                .orElseThrow(() ->
                        new NotFoundException("The session has no getaddrinfo list " + id + "."));
    }

    @DeleteMapping("/addrinfo/{id}")
    CallAnswer freeaddrinfo(Session session, @PathVariable int id, Caller caller) {
        return api.answer(session, new Call.Freeaddrinfo(id), caller);
    }

    @PostMapping("/getnameinfo")
    CallAnswer getnameinfo(
            Session session, @RequestBody GetnameinfoRequest request, Caller caller) {
        int flags = request.flags() == null ? 0 : request.flags();
        return api.answer(session, new Call.Getnameinfo(request.addr(), flags), caller);
    }

    private static Netdb.@Nullable Hints hints(@Nullable Hints hints) {
        return hints == null
                ? null
                : new Netdb.Hints(
                        or(hints.flags()),
                        or(hints.family()),
                        or(hints.socktype()),
                        or(hints.protocol()));
    }

    private static int or(@Nullable Integer value) {
        return value == null ? 0 : value;
    }

    private static void checkNoNul(String where, @Nullable String text) {
        if (text != null && text.indexOf('\0') >= 0) {
            throw new InvalidRequestException(where, "a C string has no NUL in it");
        }
    }
}
