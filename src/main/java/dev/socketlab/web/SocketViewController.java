package dev.socketlab.web;

import dev.socketlab.inspect.Inspector;
import dev.socketlab.inspect.SocketView;
import dev.socketlab.session.NotOpenException;
import dev.socketlab.session.Observation;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.AcceptedTypes;
import dev.socketlab.web.door.ApiPath;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sockets as the kernel has them: in JSON, or as a table of text. */
@RestController
@RequestMapping(
        path = ApiPath.SESSION + "/sockets",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
class SocketViewController {
    private final Inspector inspector;

    SocketViewController(Inspector inspector) {
        this.inspector = inspector;
    }

    /**
     * @param all those too that no descriptor refers to
     */
    @GetMapping
    Object listSockets(
            Session session,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept) {
        if (all) {
            session.network().sockets().judgeWithoutDescriptor();
        }
        try (Observation observation = observe(session)) {
            List<SocketView> views = new ArrayList<>(inspector.views(observation));
            if (all) {
                views.addAll(inspector.withoutDescriptor(observation));
            }
            return AcceptedTypes.prefers(accept, MediaType.TEXT_PLAIN)
                    ? table(views)
                    : views.stream().map(SocketAnswer::of).toList();
        }
    }

    @GetMapping("/{fd}")
    Object getSocket(
            Session session,
            @PathVariable int fd,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept) {
        try (Observation observation = observe(session)) {
            SocketView view =
                    inspector.view(observation, fd).orElseThrow(() -> new NotOpenException(fd));
            return AcceptedTypes.prefers(accept, MediaType.TEXT_PLAIN)
                    ? table(List.of(view))
                    : SocketAnswer.of(view);
        }
    }

    private static Observation observe(Session session) {
        return session.observe().orElseThrow(session::hasEnded);
    }

    private static ResponseEntity<String> table(List<SocketView> views) {
        return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(SocketTable.of(views));
    }
}
