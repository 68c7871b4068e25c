package dev.socketlab.json.form;

import dev.socketlab.call.Call;
import dev.socketlab.json.value.DataEncoding;
import dev.socketlab.json.value.InvalidRequestException;
import dev.socketlab.json.value.Word;
import org.jspecify.annotations.Nullable;

/** unlink(2). */
public record UnlinkForm(@Nullable DataEncoding encoding) implements Form {
    /** PATH_MAX of linux/limits.h, its NUL left out. */
    private static final int MAX_PATH = 4095;

    /** The call; the path is named by the URL. */
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
