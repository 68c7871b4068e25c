package dev.socketlab.web;

import dev.socketlab.call.Call;
import dev.socketlab.json.DataEncoding;
import dev.socketlab.json.InvalidRequestException;
import dev.socketlab.session.Caller;
import dev.socketlab.session.Session;
import dev.socketlab.web.door.ApiPath;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The names of UNIX sockets in the session's directory, which outlive the sockets: unlink. */
@RestController
@RequestMapping(path = ApiPath.SESSION + "/files", produces = MediaType.APPLICATION_JSON_VALUE)
class FileController {
    /** PATH_MAX of linux/limits.h, its NUL left out. */
    private static final int MAX_PATH = 4095;

    private final Api api;

    FileController(Api api) {
        this.api = api;
    }

    @DeleteMapping("/{*path}")
    CallAnswer unlink(
            Session session,
            @PathVariable String path,
            @RequestParam(required = false) @Nullable String encoding,
            Caller caller) {
        DataEncoding named = OptionNames.encoding(encoding);
        byte[] pathname = TransferController.decode("path", path.substring(1), named);
        if (pathname.length == 0 || pathname.length > MAX_PATH || hasNul(pathname)) {
            throw new InvalidRequestException(
                    "path", "a path has 1 to " + MAX_PATH + " bytes, none of them NUL");
        }
        return api.answer(session, new Call.Unlink(pathname), caller);
    }

    private static boolean hasNul(byte[] bytes) {
        for (byte one : bytes) {
            if (one == 0) {
                return true;
            }
        }
        return false;
    }
}
