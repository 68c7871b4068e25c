package dev.socketlab.web;

import dev.socketlab.json.form.EpollCreate1Form;
import dev.socketlab.json.form.EpollCtlForm;
import dev.socketlab.json.form.EpollWaitForm;
import dev.socketlab.json.form.PollForm;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Waiting for several file descriptors: poll, epoll. */
@RestController
@RequestMapping(path = ApiPath.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
class PollController {
    private final Api api;

    PollController(Api api) {
        this.api = api;
    }

    @PostMapping("/poll")
    Made poll(Session session, @RequestBody PollForm form, Caller caller) {
        return api.make(session, form, caller);
    }

    @PostMapping("/epolls")
    Made epollCreate1(
            Session session, @RequestBody(required = false) EpollCreate1Form form, Caller caller) {
        return api.make(session, form, caller);
    }

    @PostMapping("/epolls/{epfd}/ctl")
    Made epollCtl(
            Session session,
            @PathVariable int epfd,
            @RequestBody EpollCtlForm form,
            Caller caller) {
        return api.make(session, form, epfd, caller);
    }

    @PostMapping("/epolls/{epfd}/wait")
    Made epollWait(
            Session session,
            @PathVariable int epfd,
            @RequestBody(required = false) EpollWaitForm form,
            Caller caller) {
        return api.make(session, form, epfd, caller);
    }
}
