package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Word;
import org.jspecify.annotations.Nullable;

/** What unlink(2) takes in JSON. */
public record UnlinkForm(@Nullable DataEncoding encoding) implements Form {
    /** PATH_MAX of linux/limits.h, its NUL left out. */
    private static final int MAX_PATH = 4095;

    /**
     * The call.
     *
     * @param pathname as the URL names it, or the call's own object
     * @throws dev.socketlab.json.value.InvalidRequestException when it is no path
     */
    public Call toCall(Word pathname) {
        byte[] path = DataEncoding.decode(pathname.where(), pathname.text(), encoding);
        if (path.length == 0 || path.length > MAX_PATH || hasNul(path)) {
            throw new InvalidRequestException(
                    pathname.where(), "a path has 1 to " + MAX_PATH + " bytes, none of them NUL");
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
