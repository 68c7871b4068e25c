package dev.socketlab.web;

import dev.socketlab.abi.EpollOperation;
import dev.socketlab.call.Call;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Waiting for several file descriptors: poll, epoll. */
@RestController
@RequestMapping(path = ApiPath.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
class PollController {
    /** The session keeps it for each entry of the set. */
    private static final int MAX_DATA = 4096;

    private static final int DEFAULT_MAXEVENTS = 16;
    private static final int FOR_EVER = -1;

    private final Api api;

    PollController(Api api) {
        this.api = api;
    }

    record PollfdRequest(
            @Required int fd,
            @Constant(value = Constants.POLL_EVENT, flags = true) @Nullable Integer events) {}

    record PollRequest(@Required List<PollfdRequest> fds, @Nullable Integer timeout) {}

    record EpollCreateRequest(
            @Constant(value = Constants.EPOLL_FLAG, flags = true) @Nullable Integer flags) {}

    record EpollCtlRequest(
            @Required @Constant(Constants.EPOLL_OPERATION) int op,
            @Required int fd,
            @Constant(value = Constants.EPOLL_EVENT, flags = true) @Nullable Integer events,
            @Schema(ref = "AnyJson") @Nullable JsonNode data) {}

    record EpollWaitRequest(@Nullable Integer maxevents, @Nullable Integer timeout) {}

    @PostMapping("/poll")
    CallAnswer poll(Session session, @RequestBody PollRequest request, Caller caller) {
        List<Call.Pollfd> fds = new ArrayList<>();
        for (PollfdRequest one : request.fds()) {
            int events = SocketController.or(one.events(), 0);
            if (events < Short.MIN_VALUE || events > 2 * Short.MAX_VALUE + 1) {
                throw new InvalidRequestException(
                        "/fds/" + fds.size() + "/events", "events do not fit a short");
            }
            fds.add(new Call.Pollfd(one.fd(), events));
        }
        int timeout = SocketController.or(request.timeout(), FOR_EVER);
        return api.answer(session, new Call.Poll(fds, timeout), caller);
    }

    @PostMapping("/epolls")
    CallAnswer epollCreate1(
            Session session,
            @RequestBody(required = false) @Nullable EpollCreateRequest request,
            Caller caller) {
        int flags = SocketController.or(request == null ? null : request.flags(), 0);
        return api.answer(session, new Call.EpollCreate1(flags), caller);
    }

    @PostMapping("/epolls/{epfd}/ctl")
    CallAnswer epollCtl(
            Session session,
            @PathVariable int epfd,
            @RequestBody EpollCtlRequest request,
            Caller caller) {
        String data = request.data() == null ? "null" : request.data().toString();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(data)) {
            throw new InvalidRequestException("/data", "a lone surrogate has no UTF-8");
        }
        if (data.length() > MAX_DATA) {
            throw new InvalidRequestException(
                    "/data", "data has at most " + MAX_DATA + " characters as JSON text");
        }
        if (request.events() == null && request.op() != EpollOperation.EPOLL_CTL_DEL) {
            throw new InvalidRequestException(
                    "/events", "a list of events, such as [\"EPOLLIN\"], is expected here");
        }
        int events = SocketController.or(request.events(), 0);
        Call call = new Call.EpollCtl(epfd, request.op(), request.fd(), events, data);
        return api.answer(session, call, caller);
    }

    @PostMapping("/epolls/{epfd}/wait")
    CallAnswer epollWait(
            Session session,
            @PathVariable int epfd,
            @RequestBody(required = false) @Nullable EpollWaitRequest body,
            Caller caller) {
        EpollWaitRequest request = body == null ? new EpollWaitRequest(null, null) : body;
        int maxevents = SocketController.or(request.maxevents(), DEFAULT_MAXEVENTS);
        int timeout = SocketController.or(request.timeout(), FOR_EVER);
        return api.answer(session, new Call.EpollWait(epfd, maxevents, timeout), caller);
    }
}
