package dev.socketlab.web;

import dev.socketlab.json.form.AcceptForm;
import dev.socketlab.json.form.BindForm;
import dev.socketlab.json.form.CloseForm;
import dev.socketlab.json.form.ConnectForm;
import dev.socketlab.json.form.GetpeernameForm;
import dev.socketlab.json.form.GetsocknameForm;
import dev.socketlab.json.form.ListenForm;
import dev.socketlab.json.form.ShutdownForm;
import dev.socketlab.json.form.SocketForm;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
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
    private final Api api;

    SocketController(Api api) {
        this.api = api;
    }

    @PostMapping
    Made socket(Session session, @RequestBody(required = false) SocketForm form, Caller caller) {
        return api.make(session, form, caller);
    }

    @PostMapping("/{fd}/bind")
    Made bind(Session session, @PathVariable int fd, @RequestBody BindForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping("/{fd}/listen")
    Made listen(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) ListenForm form,
            Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping("/{fd}/accept")
    Made accept(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) AcceptForm form,
            Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping("/{fd}/connect")
    Made connect(
            Session session, @PathVariable int fd, @RequestBody ConnectForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @PostMapping("/{fd}/shutdown")
    Made shutdown(
            Session session, @PathVariable int fd, @RequestBody ShutdownForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @DeleteMapping("/{fd}")
    Made close(Session session, @PathVariable int fd, Caller caller) {
        return api.make(session, new CloseForm(), fd, caller);
    }

    @GetMapping("/{fd}/getsockname")
    Made getsockname(Session session, @PathVariable int fd, Caller caller) {
        return api.make(session, new GetsocknameForm(), fd, caller);
    }

    @GetMapping("/{fd}/getpeername")
    Made getpeername(Session session, @PathVariable int fd, Caller caller) {
        return api.make(session, new GetpeernameForm(), fd, caller);
    }
}
