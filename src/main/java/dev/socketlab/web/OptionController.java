package dev.socketlab.web;

import dev.socketlab.call.SocketOption;
import dev.socketlab.inspect.SocketOptions;
import dev.socketlab.json.form.GetsockoptForm;
import dev.socketlab.json.form.SetsockoptForm;
import dev.socketlab.json.value.AnswerWriter;
import dev.socketlab.json.value.CallAnswer;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.OptionNames;
import dev.socketlab.json.value.Word;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Observation;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import dev.socketlab.web.door.SameOriginFilter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
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

/** Options of sockets: getsockopt and setsockopt, by name or by number. */
@RestController
@RequestMapping(
        path = ApiPath.SESSION + "/sockets/{fd}/options",
        produces = MediaType.APPLICATION_JSON_VALUE)
public class OptionController {
    private final Api api;
    private final SocketOptions options;

    OptionController(Api api, SocketOptions options) {
        this.api = api;
        this.options = options;
    }

    /** One of all options, with what it does. */
    record DescribedOption(
            long returned,
            String level,
            @Schema(ref = "NameOrNumber") Object optname,
            @Schema(ref = "OptionValue") Object optval,
            String description) {
        private static DescribedOption of(SocketOptions.Read read) {
            CallAnswer.Sockopt answer = AnswerWriter.option(read.result(), null);
            return new DescribedOption(
                    answer.returned(),
                    answer.level(),
                    answer.optname(),
                    answer.optval(),
                    read.option().description());
        }
    }

    public record Options(List<DescribedOption> options) {}

    /** Reading clears some options, so another site's page may not. */
    @GetMapping("/{name}")
    Made getsockopt(
            Session session,
            @PathVariable int fd,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String level,
            @RequestParam(required = false) @Nullable Integer optlen,
            @RequestParam(required = false) @Nullable String encoding,
            Caller caller,
            HttpServletRequest http) {
        SocketOption.Named option = option(name, level);
        if (SocketOption.isClearedByReading(option)) {
            SameOriginFilter.check(http);
        }
        GetsockoptForm form = new GetsockoptForm(optlen, DataEncoding.parameter(encoding));
        return api.make(session, form, form.toCall(fd, option), caller);
    }

    @PutMapping("/{name}")
    Made setsockopt(
            Session session,
            @PathVariable int fd,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String level,
            @RequestBody SetsockoptForm form,
            Caller caller) {
        return api.make(session, form.toCall(fd, option(name, level)), caller);
    }

    private static SocketOption.Named option(String name, @Nullable String level) {
        return OptionNames.resolve(new Word("name", name), Word.of("level", level));
    }

    /**
     * Every option of the catalogue that the socket has and that can be read; not those that
     * reading clears.
     */
    @GetMapping
    Options getsockoptAll(Session session, @PathVariable int fd) {
        try (Observation observation = session.observe().orElseThrow(session::hasEnded)) {
            return new Options(
                    options.of(observation, fd).stream().map(DescribedOption::of).toList());
        }
    }
}
