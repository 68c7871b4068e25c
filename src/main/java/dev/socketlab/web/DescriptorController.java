package dev.socketlab.web;

import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.call.Call;
import dev.socketlab.json.form.DupForm;
import dev.socketlab.json.form.FcntlForm;
import dev.socketlab.json.form.IoctlForm;
import dev.socketlab.json.form.SocketpairForm;
import dev.socketlab.json.form.StatusFlagsForm;
import dev.socketlab.json.form.UnlinkForm;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.Word;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Descriptors beside those that socket and accept make, their flags, and the names that outlive
 * them: socketpair, dup, dup2, fcntl, ioctl, unlink.
 */
@RestController
@RequestMapping(path = ApiPath.SESSION, produces = MediaType.APPLICATION_JSON_VALUE)
class DescriptorController {
    private final Api api;

    DescriptorController(Api api) {
        this.api = api;
    }

    @PostMapping("/socketpairs")
    Made socketpair(
            Session session, @RequestBody(required = false) SocketpairForm form, Caller caller) {
        return api.make(session, form, caller);
    }

    @PostMapping("/sockets/{fd}/dup")
    Made dup(
            Session session,
            @PathVariable int fd,
            @RequestBody(required = false) DupForm form,
            Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @GetMapping("/sockets/{fd}/flags")
    Made getFlags(Session session, @PathVariable int fd, Caller caller) {
        return api.make(session, new Call.Fcntl(fd, FcntlCommand.F_GETFL, 0), caller);
    }

    @PutMapping("/sockets/{fd}/flags")
    Made setFlags(
            Session session,
            @PathVariable int fd,
            @RequestBody StatusFlagsForm form,
            Caller caller) {
        return api.make(session, form, fd, caller).answering(form.answer());
    }

    @PostMapping("/sockets/{fd}/fcntl")
    Made fcntl(Session session, @PathVariable int fd, @RequestBody FcntlForm form, Caller caller) {
        return api.make(session, form, fd, caller);
    }

    @GetMapping("/sockets/{fd}/ioctl/{request}")
    Made ioctl(Session session, @PathVariable int fd, @PathVariable String request, Caller caller) {
        Call call = new IoctlForm().toCall(fd, new Word("request", request));
        return api.make(session, call, caller);
    }

    @DeleteMapping("/files/{*path}")
    Made unlink(
            Session session,
            @PathVariable @Parameter(schema = @Schema(type = "string")) byte[] path,
            @RequestParam(required = false) @Nullable String encoding,
            Caller caller) {
        UnlinkForm form = new UnlinkForm(DataEncoding.parameter(encoding));
        return api.make(session, form.toCall("path", path), caller);
    }
}
