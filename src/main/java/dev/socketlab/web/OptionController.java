package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.linux.Errno;
import dev.socketlab.linux.IpProtocol;
import dev.socketlab.linux.IpprotoTcp;
import dev.socketlab.linux.SocketLevel;
import dev.socketlab.linux.SolSocket;
import dev.socketlab.network.PolicyException;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Options of sockets: getsockopt and setsockopt, by name or by number. */
@RestController
@RequestMapping(
        path = Api.SESSION + "/sockets/{fd}/options",
        produces = MediaType.APPLICATION_JSON_VALUE)
class OptionController {
    private static final int MAX_OPTLEN = 65536;
    private static final SocketOption.Named SO_ERROR =
            new SocketOption.Named(SocketLevel.SOL_SOCKET, SolSocket.SO_ERROR);
    private static final SocketOption.Named TCP_SAVED_SYN =
            new SocketOption.Named(IpProtocol.IPPROTO_TCP, IpprotoTcp.TCP_SAVED_SYN);

    private final Api api;

    OptionController(Api api) {
        this.api = api;
    }

    record SetRequest(@Required JsonNode optval) {}

    record Options(List<CallAnswer.Option> options) {}

    @GetMapping("/{name}")
    CallAnswer get(
            Session session,
            @PathVariable int fd,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable Integer optlen,
            @RequestParam(required = false) @Nullable String encoding,
            Caller caller,
            HttpServletRequest http) {
        SocketOption.Named option = OptionNames.resolve(name, level);
        if (clearsWhenRead(option)) {
            SameOriginFilter.check(http);
        }
        if (optlen != null && (optlen < 0 || optlen > MAX_OPTLEN)) {
            throw new InvalidRequestException("optlen", "optlen is 0 to " + MAX_OPTLEN);
        }
        Call call = new Call.Getsockopt(fd, option.level(), option.optname(), optlen);
        return api.answer(session, call, caller, OptionNames.encoding(encoding));
    }

    @PutMapping("/{name}")
    CallAnswer set(
            Session session,
            @PathVariable int fd,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String level,
            @RequestBody SetRequest request,
            Caller caller) {
        SocketOption.Named option = OptionNames.resolve(name, level);
        Call call =
                new Call.Setsockopt(
                        fd,
                        option.level(),
                        option.optname(),
                        OptionNames.value(option, request.optval()));
        return api.answer(session, call, caller);
    }

    /**
     * Every option of the catalogue that the socket has; not SO_ERROR and TCP_SAVED_SYN, which
     * reading clears.
     */
    @GetMapping
    Options all(Session session, @PathVariable int fd, Caller caller) {
        List<CallAnswer.Option> options = new ArrayList<>();
        for (int level : SocketOption.levels()) {
            for (int optname :
                    SocketOption.names(level).all().values().stream().distinct().toList()) {
                SocketOption.Named option = new SocketOption.Named(level, optname);
                if (SocketOption.form(level, optname).isPresent() && !clearsWhenRead(option)) {
                    read(session, new Call.Getsockopt(fd, level, optname, null), caller, options);
                }
            }
        }
        return new Options(options);
    }

    private void read(
            Session session, Call.Getsockopt call, Caller caller, List<CallAnswer.Option> options) {
        try {
            switch (api.make(session, call, caller)) {
                case Result.OptionRead read -> options.add(CallAnswer.option(read, null));
                case Result.Failure failure when failure.errno().equals(Errno.EBADF) ->
                        throw new CallFailedException(Problems.of(call, failure));
                default -> {} // the socket has no such option
            }
        } catch (PolicyException _) {
            // refused here, so it does not apply
        }
    }

    private static boolean clearsWhenRead(SocketOption.Named option) {
        return option.equals(SO_ERROR) || option.equals(TCP_SAVED_SYN);
    }
}
