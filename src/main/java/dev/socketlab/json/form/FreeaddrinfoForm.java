package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** freeaddrinfo(3) of a list by its number. */
public record FreeaddrinfoForm() implements Form {
    /** The call; the list is named by the URL. */
    public Call toCall(int res) {
        return new Call.Freeaddrinfo(res);
    }
}
