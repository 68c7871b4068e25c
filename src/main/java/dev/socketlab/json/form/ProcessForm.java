package dev.socketlab.json.form;

import dev.socketlab.call.Call;

/** The form of a call on no descriptor of the URL's. */
public interface ProcessForm extends Form {
    /**
     * The call.
     *
     * @throws dev.socketlab.json.value.InvalidRequestException when a field has no such value
     */
    Call toCall();
}
