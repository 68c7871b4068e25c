package dev.socketlab.web;

import dev.socketlab.abi.Errno;
import dev.socketlab.call.Call;
import dev.socketlab.call.Result;
import dev.socketlab.call.SocketOption;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.policy.PolicyException;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import dev.socketlab.web.door.SameOriginFilter;
import dev.socketlab.web.problem.CallFailedException;
import dev.socketlab.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
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
        path = ApiPath.SESSION + "/sockets/{fd}/options",
        produces = MediaType.APPLICATION_JSON_VALUE)
public class OptionController {
    private static final int MAX_OPTLEN = 65536;
    private final Api api;

    OptionController(Api api) {
        this.api = api;
    }

    record SetRequest(@Required JsonNode optval) {}

    public record Options(List<CallAnswer.DescribedOption> options) {}

    @GetMapping("/{name}")
    CallAnswer getsockopt(
            Session session,
            @PathVariable int fd,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable Integer optlen,
            @RequestParam(required = false) @Nullable String encoding,
            Caller caller,
            HttpServletRequest http) {
        SocketOption.Named option = OptionNames.resolve(name, level);
        if (SocketOption.find(option.level(), option.optname())
                .filter(SocketOption::isClearedByReading)
                .isPresent()) {
            SameOriginFilter.check(http);
        }
        if (optlen != null && (optlen < 0 || optlen > MAX_OPTLEN)) {
            throw new InvalidRequestException("optlen", "optlen is 0 to " + MAX_OPTLEN);
        }
        Call call = new Call.Getsockopt(fd, option.level(), option.optname(), optlen);
        return api.answer(session, call, caller, OptionNames.encoding(encoding));
    }

    @PutMapping("/{name}")
    CallAnswer setsockopt(
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
     * Every option of the catalogue that the socket has and that can be read; not SO_ERROR and
     * TCP_SAVED_SYN, which reading clears.
     */
    @GetMapping
    Options getsockoptAll(Session session, @PathVariable int fd, Caller caller) {
        return new Options(
                SocketOption.catalogue()
                        .filter(option -> !option.isClearedByReading())
                        .flatMap(option -> read(session, fd, option, caller).stream())
                        .toList());
    }

    private Optional<CallAnswer.DescribedOption> read(
            Session session, int fd, SocketOption option, Caller caller) {
        Call call = new Call.Getsockopt(fd, option.level(), option.optname(), null);
        try {
            return switch (api.make(session, call, caller)) {
                case Result.OptionRead read -> {
                    CallAnswer.Option answer = CallAnswer.option(read, null);
                    yield Optional.of(
                            new CallAnswer.DescribedOption(
                                    answer.returned(),
                                    answer.level(),
                                    answer.optname(),
                                    answer.optval(),
                                    option.description()));
                }
                case Result.Failure failure when failure.errno().equals(Errno.EBADF) ->
                        throw new CallFailedException(Problems.of(call, failure));
                default -> Optional.empty(); // the socket has no such option
            };
        } catch (PolicyException _) {
            return Optional.empty(); // refused here, so it does not apply
        }
    }
}
