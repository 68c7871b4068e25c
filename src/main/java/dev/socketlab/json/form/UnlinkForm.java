package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Word;
import dev.socketlab.refusal.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What unlink(2) takes in JSON. */
public record UnlinkForm(@Nullable DataEncoding encoding) implements Form {
    /** PATH_MAX of linux/limits.h, its NUL left out. */
    private static final int MAX_PATH = 4095;

    /**
     * The call.
     *
     * @param pathname as the call's own object names it
     * @throws dev.socketlab.json.value.InvalidRequestException when it is no path
     */
    public Call toCall(Word pathname) {
        return unlink(
                pathname.where(), DataEncoding.decode(pathname.where(), pathname.text(), encoding));
    }

    /**
     * The call.
     *
     * @param pathname the bytes that the URL has, which are the path's own, or its text in another
     *     encoding than UTF-8
     * @throws dev.socketlab.json.value.InvalidRequestException when it is no path
     */
    public Call toCall(String where, byte[] pathname) {
        return encoding == null || encoding == DataEncoding.UTF_8
                ? unlink(where, pathname)
                : toCall(new Word(where, new String(pathname, StandardCharsets.UTF_8)));
    }

    private static Call unlink(String where, byte[] path) {
        if (path.length == 0 || path.length > MAX_PATH || hasNul(path)) {
            throw new InvalidRequestException(where, Reason.of("invalid.path", MAX_PATH));
        }
        return new Call.Unlink(path);
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
