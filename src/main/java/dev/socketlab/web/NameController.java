package dev.socketlab.web;

import dev.socketlab.json.form.FreeaddrinfoForm;
import dev.socketlab.json.form.GetaddrinfoForm;
import dev.socketlab.json.form.GetnameinfoForm;
import dev.socketlab.json.value.AnswerWriter;
import dev.socketlab.json.value.CallAnswer;
import dev.socketlab.refusal.Reason;
import dev.socketlab.session.Caller;
import dev.socketlab.session.NotFoundException;
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

/** Names and addresses: getaddrinfo, freeaddrinfo, getnameinfo. */
@RestController
@RequestMapping(path = ApiPath.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
class NameController {
    private final Api api;

    NameController(Api api) {
        this.api = api;
    }

    @PostMapping("/getaddrinfo")
    Made getaddrinfo(Session session, @RequestBody GetaddrinfoForm form, Caller caller) {
        return api.make(session, form, caller);
    }

    @GetMapping("/addrinfo/{id}")
    CallAnswer readAddrinfo(Session session, @PathVariable int id) {
        return session.addrinfo(id)
                .map(AnswerWriter::list)
                .orElseThrow(() -> new NotFoundException(Reason.of("not-found.addrinfo", id)));
    }

    @DeleteMapping("/addrinfo/{id}")
    Made freeaddrinfo(Session session, @PathVariable int id, Caller caller) {
        return api.make(session, new FreeaddrinfoForm().toCall(id), caller);
    }

    @PostMapping("/getnameinfo")
    Made getnameinfo(Session session, @RequestBody GetnameinfoForm form, Caller caller) {
        return api.make(session, form, caller);
    }
}
