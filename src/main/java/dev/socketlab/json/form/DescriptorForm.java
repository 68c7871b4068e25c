package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** The form of a call on one descriptor, and nothing else that a URL names. */
public interface DescriptorForm extends Form {
    /**
     * The call.
     *
     * @param fd the session's number of the descriptor
     * @throws dev.socketlab.json.value.InvalidRequestException when a field has no such value
     */
    Call toCall(int fd);
}
