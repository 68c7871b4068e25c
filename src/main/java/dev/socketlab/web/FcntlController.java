package dev.socketlab.web;

import dev.socketlab.abi.FcntlCommand;
import dev.socketlab.abi.StatusFlag;
import dev.socketlab.call.Call;
import dev.socketlab.json.Constant;
import dev.socketlab.json.Constants;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.json.Required;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Flags of descriptors and of open file descriptions: fcntl. */
@RestController
@RequestMapping(
        path = ApiPath.SESSION + "/sockets/{fd}",
        produces = MediaType.APPLICATION_JSON_VALUE)
class FcntlController {
    private final Api api;

    FcntlController(Api api) {
        this.api = api;
    }

    record FlagsRequest(
            @Required @Constant(value = Constants.STATUS_FLAG, flags = true) int flags) {}

    record FcntlRequest(
            @Required @Constant(Constants.FCNTL_COMMAND) int cmd,
            @Schema(ref = "FcntlArgument") @Nullable JsonNode arg) {}

    @GetMapping("/flags")
    CallAnswer getFlags(Session session, @PathVariable int fd, Caller caller) {
        return api.answer(session, new Call.Fcntl(fd, FcntlCommand.F_GETFL, 0), caller);
    }

    @PutMapping("/flags")
    CallAnswer setFlags(
            Session session,
            @PathVariable int fd,
            @RequestBody FlagsRequest request,
            Caller caller) {
        Call call = new Call.Fcntl(fd, FcntlCommand.F_SETFL, request.flags());
        api.answer(session, call, caller);
        int set = request.flags() & (StatusFlag.O_NONBLOCK | StatusFlag.O_ASYNC);
        return new CallAnswer.Flags(0, StatusFlag.NAMES.flags(set));
    }

    @PostMapping("/fcntl")
    CallAnswer fcntl(
            Session session,
            @PathVariable int fd,
            @RequestBody FcntlRequest request,
            Caller caller) {
        Constants names =
                request.cmd() == FcntlCommand.F_SETFD
                        ? Constants.DESCRIPTOR_FLAG
                        : Constants.STATUS_FLAG;
        int arg = request.arg() == null ? 0 : argument(request.arg(), names);
        return api.answer(session, new Call.Fcntl(fd, request.cmd(), arg), caller);
    }

    private static int argument(JsonNode arg, Constants names) {
        if (!arg.isArray()) {
            return one(arg, names);
        }
        int mask = 0;
        for (JsonNode flag : arg) {
            mask |= one(flag, names);
        }
        return mask;
    }

    private static int one(JsonNode arg, Constants names) {
        if (arg.isString()) {
            return names.value("/arg", arg.stringValue());
        }
        if (arg.isIntegralNumber() && arg.canConvertToInt()) {
            return arg.intValue();
        }
        throw new InvalidRequestException(
                "/arg",
                "a number that fits a C int, the name of a flag, or a list is expected here");
    }
}
